package io.bactrian.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The two locks of an embedded server, bytes of one file: who changes it, and who uses it.
 *
 * <p>A killed process loses both at once. Not for two users in one JVM: those share an instance.
 */
final class FileLocks implements AutoCloseable {
  private static final long CHANGE = 0;
  private static final long USE = 1;

  private final FileChannel channel;
  private @Nullable FileLock use;

  FileLocks(Path file) throws IOException {
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Waits until nobody changes the server, does some work, and comes out as one of its users. */
  <T> T enter(Work<T> work) throws IOException {
    try (FileLock change = channel.lock(CHANGE, 1, false)) {
      T result = work.run();
      use = channel.lock(USE, 1, true);
      return result;
    }
  }

  /** Waits until nobody else changes the server and does some work; for a user of it. */
  <T> T change(Work<T> work) throws IOException {
    try (FileLock change = channel.lock(CHANGE, 1, false)) {
      return work.run();
    }
  }

  /** Stops being a user; if there is no other, does some work first. */
  void leave(Runnable workOfTheLast) throws IOException {
    try (FileLock change = channel.lock(CHANGE, 1, false)) {
      if (use != null) {
        use.release();
      }
      try (FileLock alone = channel.tryLock(USE, 1, false)) {
        if (alone != null) {
          workOfTheLast.run();
        }
      }
    }
  }

  /** Work that may fail on the disk. */
  interface Work<T> {
    T run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
