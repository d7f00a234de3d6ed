package io.bactrian.template;

import java.util.Optional;

/**
 * What only a batch worker has.
 *
 * @param checkpoint when it saves its position
 * @param rows in which form a handler receives the records of a chunk: {@code maps}, {@code views},
 *     or the class name of a Java record
 * @param maxParallel workers of the step in progress at once over all nodes; empty = no limit
 * @param placeholder whether one worker without work stands where there are no batches; a batchable
 *     step says it for all its workers
 * @param badRows what becomes of records that cannot be used
 */
public record WorkerRules(
    CheckpointRule checkpoint,
    String rows,
    Optional<Integer> maxParallel,
    boolean placeholder,
    BadRowRule badRows) {
  /** The form of records where nothing else is said. */
  public static final String MAPS = "maps";

  /** Flyweights over the file's bytes. */
  public static final String VIEWS = "views";

  /** What a step has that says nothing. */
  public static final WorkerRules STANDARD =
      new WorkerRules(CheckpointRule.STANDARD, MAPS, Optional.empty());

  /** A worker without a placeholder, which a bad record fails. */
  public WorkerRules(CheckpointRule checkpoint, String rows, Optional<Integer> maxParallel) {
    this(checkpoint, rows, maxParallel, false, new BadRowRule.Fail());
  }

  /** The same with or without a placeholder. */
  WorkerRules withPlaceholder(boolean other) {
    return new WorkerRules(checkpoint, rows, maxParallel, other, badRows);
  }
}
