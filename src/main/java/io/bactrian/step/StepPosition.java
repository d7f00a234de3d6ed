package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * How far an attempt is: which checkpoint has committed, which is about to, and which waits for the
 * end of the step. For one thread at a time, but for {@link #sinceSaved}.
 */
public final class StepPosition {
  private Optional<Checkpoint> saved;
  private Optional<Checkpoint> proposed = Optional.empty();
  private Optional<Checkpoint> last = Optional.empty();
  private Optional<Checkpoint> own = Optional.empty();
  private Optional<Checkpoint> begun = Optional.empty();
  private long proposedNanos;
  private volatile long savedNanos = System.nanoTime();

  StepPosition(Optional<Checkpoint> saved) {
    this.saved = saved;
  }

  /** The last committed checkpoint, also of an earlier attempt. */
  public Optional<Checkpoint> saved() {
    return saved;
  }

  void keepOwn(Checkpoint asked) {
    own = Optional.of(asked);
  }

  /** The checkpoint the handler asked for in the present call. */
  public Optional<Checkpoint> own() {
    return own;
  }

  /**
   * Says what the checkpoint of the present chunk will be; {@link #commit} makes it the last one.
   */
  public void propose(Checkpoint next) {
    proposed = Optional.of(next);
    proposedNanos = System.nanoTime();
  }

  void endWith(Checkpoint end) {
    last = Optional.of(end);
  }

  /** The checkpoint that is to be written with the end of the step. */
  public Optional<Checkpoint> last() {
    return last;
  }

  /** Work on what follows begins. */
  public void begin() {
    begun = reached();
  }

  /** Whether what was begun last is done. */
  public boolean isDone() {
    return !reached().equals(begun);
  }

  /** How far this attempt is: at the checkpoint it ends with, else at the last committed one. */
  public Optional<Checkpoint> reached() {
    return last.or(() -> saved);
  }

  /**
   * What was proposed has committed.
   *
   * @param bytes bytes of the file since the checkpoint before
   * @return what lies between the two; empty when nothing was proposed
   */
  Optional<Advance> commit(long bytes) {
    savedNanos = System.nanoTime();
    Duration cost = Duration.ofNanos(savedNanos - proposedNanos);
    Optional<Advance> advance = proposed.map(next -> Advance.between(saved, next, bytes, cost));
    saved = proposed.or(() -> saved);
    proposed = Optional.empty();
    own = Optional.empty();
    return advance;
  }

  /** The time since the last checkpoint of this attempt, or since it began. */
  public Duration sinceSaved() {
    return Duration.ofNanos(System.nanoTime() - savedNanos);
  }
}
