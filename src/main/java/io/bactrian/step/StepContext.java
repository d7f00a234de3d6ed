package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.csv.BadRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a handler is told about the step it runs: the exchange property {@code step}.
 *
 * <p>Routes read it with Simple, for instance {@code ${exchangeProperty.step.inputs[operation]}}.
 * Maps are unmodifiable. One attempt has one context; it is used by one thread at a time.
 */
public interface StepContext {
  /** The exchange property under which the context of the running step is found. */
  String PROPERTY = "step";

  UUID uuid();

  UUID taskUuid();

  /** The step's name, for a worker {@code <template>_<batch_id>}. */
  String step();

  /** The name of the step of the task template this step was made from. */
  String templateStep();

  /** The id of the step's route, {@code namespace/name/version/template step}. */
  String routeId();

  /** Which execution this is, from 1. */
  int attempt();

  /** The fencing number of this lease; every write of the step carries it. */
  int epoch();

  /** The task's context as submitted. */
  Map<String, Object> context();

  /**
   * The step's inputs: the template's {@code initialization}; for a batch worker its {@code
   * cursor}, {@code batch_metadata} and {@code is_no_op} as well.
   */
  Map<String, Object> inputs();

  /** The same as {@link #inputs}, under the name that handlers of other engines know. */
  default Map<String, Object> initialization() {
    return inputs();
  }

  /** The results of the step's ancestors, read when asked for. */
  DependencyResults dependencyResults();

  /** A path of the context as a file: a relative one starts where the submitter stood. */
  Path resolve(String path);

  /** The last committed checkpoint of this step, if there is one. */
  Optional<Checkpoint> checkpoint();

  /** How many items of a range are committed: those before the present chunk. */
  long itemsDone();

  /** The folded result of the committed chunks; empty before the first. */
  Optional<Map<String, Object>> partial();

  /**
   * Tells that the work gets on. A handler of long work without records calls it now and then; from
   * its first call on, an attempt that does not for {@code bactrian.stall} is taken for stuck.
   * Records that a handler takes from its list count by themselves.
   */
  void progress();

  /**
   * Ends this call of a batch worker's handler at a checkpoint of its own: what the call did to the
   * database commits with it, the handler's answer does not count, and the handler is called again,
   * now or by another node after a crash, until a call ends without one: the answer of that call is
   * the worker's result.
   *
   * <p>Read back through {@link #checkpoint()}: {@code cursor()}, {@code read()} and {@code
   * partial()}.
   *
   * @param cursor where to go on, any JSON value
   * @param items items done so far, of all calls; never fewer than last time
   * @param results results accumulated so far, of all calls
   * @throws IllegalStateException in a range of a file, whose checkpoints the engine keeps, and in
   *     a step that is no batch worker
   */
  void checkpoint(Object cursor, long items, Map<String, Object> results);

  /**
   * The error to throw for a record that the handler cannot use: with {@code on_bad_row: reject}
   * the record is set aside and the handler called anew without it, else the step fails.
   *
   * @param index which record of the list that the handler got, from 0; a view has {@link
   *     io.bactrian.csv.RecordView#bad} instead
   * @param problem what was found in it, and what is allowed
   * @throws IllegalStateException outside a range of a planned file
   */
  BadRecord badRecord(int index, String problem);

  /**
   * Whether the run shall end soon: at the next checkpoint, or at once if the thread is interrupted
   * as well.
   */
  boolean isEnding();

  /**
   * A key that is the same for a record however often it is processed: a hash of the task, the
   * range and the record's ordinal.
   *
   * @param ordinal the record's ordinal, from 1
   */
  String idempotencyKey(long ordinal);
}
