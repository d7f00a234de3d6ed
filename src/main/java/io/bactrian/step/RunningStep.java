package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.csv.Chunk;
import io.bactrian.template.StepType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The context of one attempt, with what the engine's own beans keep in it between two nodes of a
 * route.
 *
 * <p>The running thread alone changes the checkpoint and the fold, and once it is through, the one
 * that writes its answer; {@link #end} may come from any thread.
 */
public final class RunningStep implements StepContext {
  private final StepLease lease;
  private final DependencyResults results;
  private final AttemptListener listener;
  private final Thread thread = Thread.currentThread();
  private final Patience patience = new Patience();
  private final AtomicLong advanced = new AtomicLong();
  private Optional<Checkpoint> checkpoint;
  private Optional<Checkpoint> proposed = Optional.empty();
  private Optional<Checkpoint> last = Optional.empty();
  private Optional<Checkpoint> ownCheckpoint = Optional.empty();
  private @Nullable Object fold;
  private @Nullable Chunk chunk;
  private @Nullable KeyedChunk keyedChunk;
  private volatile @Nullable Ending ending;
  private boolean finished;
  private long proposedNanos;
  private volatile long savedNanos = System.nanoTime();

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
    this.lease = lease;
    this.results = results;
    this.listener = listener;
    this.checkpoint = lease.saved();
  }

  public StepLease lease() {
    return lease;
  }

  @Override
  public UUID uuid() {
    return lease.stepUuid();
  }

  @Override
  public UUID taskUuid() {
    return lease.taskUuid();
  }

  @Override
  public String step() {
    return lease.name();
  }

  @Override
  public String templateStep() {
    return lease.templateStep();
  }

  @Override
  public String routeId() {
    return lease.routeId();
  }

  @Override
  public int attempt() {
    return lease.attempt();
  }

  @Override
  public int epoch() {
    return lease.epoch();
  }

  @Override
  public Map<String, Object> context() {
    return Collections.unmodifiableMap(lease.context());
  }

  @Override
  public Map<String, Object> inputs() {
    return Collections.unmodifiableMap(lease.inputs());
  }

  @Override
  public DependencyResults dependencyResults() {
    return results;
  }

  @Override
  public Path resolve(String path) {
    return Path.of(lease.baseFolder()).resolve(path).normalize();
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  @Override
  public long itemsDone() {
    return checkpoint.map(Checkpoint::read).orElse(0L);
  }

  @Override
  public Optional<Map<String, Object>> partial() {
    return checkpoint.map(Checkpoint::partial).map(Collections::unmodifiableMap);
  }

  @Override
  public String idempotencyKey(long ordinal) {
    String text = "%s/%s/%d".formatted(taskUuid(), step(), ordinal);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
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
    if (chunk != null || keyedChunk != null || lease.type() != StepType.BATCH_WORKER) {
      throw new IllegalStateException(
          "step %s keeps no checkpoints of its own; allowed: in a batch_worker whose range is not one of a planned file"
              .formatted(step()));
    }
    long before = checkpoint.map(Checkpoint::read).orElse(0L);
    if (items < before) {
      throw new IllegalArgumentException(
          "step %s: checkpoint with %d items after one with %d; allowed: never fewer"
              .formatted(step(), items, before));
    }
    ownCheckpoint =
        Optional.of(new Checkpoint(items, -1, results, items, items, 0, 0, 0, Optional.of(cursor)));
    progress();
  }

  /** The checkpoint the handler asked for in the present call. */
  public Optional<Checkpoint> ownCheckpoint() {
    return ownCheckpoint;
  }

  /** How many worker results a convergence must fold. */
  public int expected() {
    return lease.expected();
  }

  /**
   * Says what the checkpoint of the present chunk will be; {@link #committed} makes it the last
   * one.
   */
  public void propose(Checkpoint next) {
    proposed = Optional.of(next);
    proposedNanos = System.nanoTime();
  }

  /** The range ends with this checkpoint, which is written with the end of the step. */
  public void endWith(Checkpoint end) {
    last = Optional.of(end);
    progress();
  }

  /** The checkpoint that is to be written with the end of the step. */
  public Optional<Checkpoint> last() {
    return last;
  }

  /** How far this attempt is: at the checkpoint it ends with, else at the last committed one. */
  public Optional<Checkpoint> reached() {
    return last.or(() -> checkpoint);
  }

  /** The transaction of the proposed checkpoint has committed. */
  public void committed() {
    savedNanos = System.nanoTime();
    proposed.ifPresent(next -> listener.checkpointed(this, advance(next)));
    checkpoint = proposed.or(() -> checkpoint);
    proposed = Optional.empty();
    ownCheckpoint = Optional.empty();
    progress();
  }

  private Advance advance(Checkpoint next) {
    long bytes = chunk == null ? 0 : chunk.endOffset() - chunk.startOffset();
    return Advance.between(checkpoint, next, bytes, Duration.ofNanos(savedNanos - proposedNanos));
  }

  /** Whether the step is one that has checkpoints. */
  public boolean keepsCheckpoints() {
    return lease.type() == StepType.BATCH_WORKER;
  }

  /** The time since the last checkpoint of this attempt, or since it began. */
  public Duration sinceCheckpoint() {
    return Duration.ofNanos(System.nanoTime() - savedNanos);
  }

  /** Keeps the finished fold of a convergence. */
  public void keepFold(Object folded) {
    fold = folded;
  }

  public Optional<Object> fold() {
    return Optional.ofNullable(fold);
  }

  /** The chunk in work is this one. */
  public void begin(Chunk next) {
    chunk = next;
    progress();
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
