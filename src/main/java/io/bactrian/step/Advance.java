package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * What lies between two checkpoints of an attempt.
 *
 * @param written records whose effect is committed
 * @param filtered records left out on purpose
 * @param rejected records set aside
 * @param bytes bytes of the file, 0 where the range is not one of bytes
 * @param cost how long it took to write and commit the later checkpoint
 */
public record Advance(long written, long filtered, long rejected, long bytes, Duration cost) {

  static Advance between(Optional<Checkpoint> before, Checkpoint after, long bytes, Duration cost) {
    return new Advance(
        after.written() - before.map(Checkpoint::written).orElse(0L),
        after.filtered() - before.map(Checkpoint::filtered).orElse(0L),
        after.rejected() - before.map(Checkpoint::rejected).orElse(0L),
        bytes,
        cost);
  }
}
