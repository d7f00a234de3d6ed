package io.bactrian.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Drains the engine when a signal ends the process, and says how to go on. A second signal ends it
 * at once.
 */
final class Interruption implements AutoCloseable {
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * Watches for the end of the process.
   *
   * @param engine what to drain
   * @param message what to print on stderr then, if anything
   * @param exitCode how the process ends then
   */
  Interruption(Client engine, String message, int exitCode) {
    SecondSignal.haltsWith(ExitCode.INTERRUPTED);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (over.compareAndSet(false, true)) {
                    engine.close();
                    if (!message.isEmpty()) {
                      System.err.println(message);
                    }
                    Runtime.getRuntime().halt(exitCode);
                  }
                },
                "bactrian-interruption"));
  }

  /** The command has come to its own end. */
  @Override
  public void close() {
    over.set(true);
  }
}
