package io.bactrian.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes what a command has open when a signal ends the process; from its first moment on, so that
 * no server outlives a start that is cut off. A second signal ends the process at once.
 *
 * <p>{@link Interruption} adds, for a command that works, what to say and how the process ends.
 */
public final class Termination implements AutoCloseable {
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * Watches for the end of the process.
   *
   * @param engines what the command opens
   */
  public Termination(Engines engines) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!over.get()) {
                    SecondSignal.isTheNext(ExitCode.INTERRUPTED);
                    engines.close();
                  }
                },
                "bactrian-termination"));
  }

  /** The command has come to its own end. */
  @Override
  public void close() {
    over.set(true);
  }
}
