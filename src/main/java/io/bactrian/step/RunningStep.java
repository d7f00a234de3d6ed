package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.checkpoint.Reject;
import io.bactrian.csv.BadRecord;
import io.bactrian.csv.Chunk;
import io.bactrian.template.StepType;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The context of one attempt, with what the engine's own beans keep in it between two nodes of a
 * route.
 *
 * <p>The running thread alone changes the checkpoint and the fold, and once it is through, the one
 * that writes its answer; {@link #end} may come from any thread.
 */
public final class RunningStep extends LeasedStep {
  private final AttemptListener listener;
  private final Thread thread = Thread.currentThread();
  private final Patience patience = new Patience();
  private final AtomicLong advanced = new AtomicLong();
  private final StepPosition position;
  private @Nullable Object fold;
  private @Nullable Chunk chunk;
  private List<Reject> rejects = List.of();
  private @Nullable KeyedChunk keyedChunk;
  private volatile @Nullable Ending ending;
  private boolean finished;

  /**
   * @param lease the right to run, made on the thread that runs it
   * @param results the view on the ancestors' results
   */
  public RunningStep(StepLease lease, DependencyResults results) {
    this(lease, results, AttemptListener.NONE);
  }

  /**
   * The same, heard by a listener.
   *
   * @param listener is told of checkpoints
   */
  RunningStep(StepLease lease, DependencyResults results, AttemptListener listener) {
    super(lease, results);
    this.listener = listener;
    this.position = new StepPosition(lease.saved());
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return position.saved();
  }

  @Override
  public long itemsDone() {
    return position.saved().map(Checkpoint::read).orElse(0L);
  }

  @Override
  public Optional<Map<String, Object>> partial() {
    return position.saved().map(Checkpoint::partial).map(Collections::unmodifiableMap);
  }

  @Override
  public void progress() {
    // Cheap enough for each record; that it changes is all that counts, not by how much.
    advanced.lazySet(advanced.getPlain() + 1);
  }

  /** The same records; each one taken from the list is progress. */
  public <T> List<T> advancing(List<T> records) {
    return new AdvancingList<>(records, this::progress);
  }

  @Override
  public void checkpoint(Object cursor, long items, Map<String, Object> results) {
    if (chunk != null || keyedChunk != null || lease().type() != StepType.BATCH_WORKER) {
      throw new IllegalStateException(
          "step %s keeps no checkpoints of its own; allowed: in a batch_worker whose range is not one of a planned file"
              .formatted(step()));
    }
    long before = itemsDone();
    if (items < before) {
      throw new IllegalArgumentException(
          "step %s: checkpoint with %d items after one with %d; allowed: never fewer"
              .formatted(step(), items, before));
    }
    position.keepOwn(
        new Checkpoint(items, -1, results, items, items, 0, 0, 0, Optional.of(cursor)));
    progress();
  }

  /** How far the attempt is. */
  public StepPosition position() {
    return position;
  }

  /** How many worker results a convergence must fold. */
  public int expected() {
    return lease().expected();
  }

  /** The range ends with this checkpoint, which is written with the end of the step. */
  public void endWith(Checkpoint end) {
    position.endWith(end);
    progress();
  }

  /** The transaction of the proposed checkpoint has committed. */
  public void committed() {
    long bytes = rejects.stream().mapToLong(reject -> reject.bytes().length).sum();
    bytes += chunk == null ? 0 : chunk.endOffset() - chunk.startOffset();
    position.commit(bytes).ifPresent(advance -> listener.checkpointed(this, advance));
    progress();
  }

  /** Whether the step is one that has checkpoints. */
  public boolean keepsCheckpoints() {
    return lease().type() == StepType.BATCH_WORKER;
  }

  public void keepFold(Object folded) {
    fold = folded;
  }

  /** The finished fold of a convergence. */
  public Optional<Object> fold() {
    return Optional.ofNullable(fold);
  }

  /**
   * The chunk in work is this one.
   *
   * @param aside the records right before it that are set aside with it
   */
  public void begin(Chunk next, List<Reject> aside) {
    chunk = next;
    rejects = aside;
    progress();
  }

  /** The records that are set aside when the chunk in work commits. */
  public List<Reject> rejects() {
    return rejects;
  }

  @Override
  public BadRecord badRecord(int index, String problem) {
    return chunk().bad(index, problem);
  }

  /** The rows in work are these. */
  public void begin(KeyedChunk next) {
    keyedChunk = next;
    progress();
  }

  /** The rows in work; empty in a range that is not one of keys. */
  public Optional<KeyedChunk> keyedChunk() {
    return Optional.ofNullable(keyedChunk);
  }

  /**
   * The chunk in work.
   *
   * @throws IllegalStateException outside a chunk, or in a range that is not one of a file
   */
  public Chunk chunk() {
    return chunkInWork()
        .orElseThrow(
            () ->
                new IllegalStateException("step %s works on no chunk of a file".formatted(step())));
  }

  /** The chunk in work; empty in a range that is not one of a file. */
  public Optional<Chunk> chunkInWork() {
    return Optional.ofNullable(chunk);
  }

  /**
   * Tells the run to end. At once: interrupts the running thread. At the next checkpoint: a range
   * ends after its present chunk, a handler that keeps checkpoints itself at its next one.
   *
   * <p>The first reason counts, but one at once outdoes one at the next checkpoint.
   */
  public synchronized void end(Ending reason) {
    Ending before = ending;
    if (finished || (before != null && (before.isAtOnce() || !reason.isAtOnce()))) {
      return;
    }
    ending = reason;
    if (reason.isAtOnce()) {
      thread.interrupt();
    }
  }

  /** The run has ended; nobody interrupts its thread any more. */
  synchronized void finish() {
    finished = true;
    boolean unused = Thread.interrupted();
  }

  /** Whether its thread is still at work; what it answered may not be written yet. */
  public synchronized boolean isAtWork() {
    return !finished;
  }

  /** Why the run must end early; empty while it need not. */
  public Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  @Override
  public boolean isEnding() {
    return ending != null;
  }

  /** Whether the run must end at once and can write nothing more. */
  public boolean isStopped() {
    Ending reason = ending;
    return reason != null && reason.isAtOnce();
  }

  /** Whether the keeper has written already what became of the attempt. */
  boolean isFenced() {
    return ending == Ending.TIMED_OUT || ending == Ending.STALLED;
  }

  /** Whether the attempt has run for longer than this; asked by the keeper's thread only. */
  public boolean isLongerThan(Duration limit) {
    return patience.age().compareTo(limit) > 0;
  }

  /**
   * Whether nothing has advanced for longer than this, once something had; asked by the keeper's
   * thread only.
   */
  public boolean isStalled(Duration limit) {
    return patience.sinceAdvance(advanced.get()).compareTo(limit) > 0;
  }

  /** Some time does not count, for limits: the database was away. By the keeper's thread only. */
  public void excuse(Duration time) {
    patience.excuse(time);
  }
}
