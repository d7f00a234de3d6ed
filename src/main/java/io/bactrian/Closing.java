package io.bactrian;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, to be closed last first; a part that fails to close does not keep the
 * others.
 *
 * <p>Thread safe: who closes while another thread does waits until that is through.
 */
final class Closing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /**
   * Takes a part to be closed.
   *
   * @throws IllegalStateException after the end
   */
  synchronized <T extends AutoCloseable> T add(T part) {
    if (closed) {
      throw new IllegalStateException(
          "%s is opened after the end".formatted(part.getClass().getSimpleName()));
    }
    open.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.warn("{} does not close: {}", part.getClass().getSimpleName(), e.getMessage());
      }
    }
  }
}
