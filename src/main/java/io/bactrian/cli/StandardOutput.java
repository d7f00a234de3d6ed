package io.bactrian.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it could not be written. What prints to it, such as a {@link
 * java.io.PrintStream}, keeps quiet about a full disk and a reader that is gone.
 */
public final class StandardOutput extends OutputStream {
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private volatile @Nullable IOException failure;

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * How the program ends: output that is lost is a failure, and told. A reader such as {@code head}
   * that has seen enough has lost nothing, so the command's own exit code stays.
   *
   * @param ended exit code of the command
   */
  public int exitCode(int ended) {
    IOException lost = failure;
    if (lost == null || isReaderGone()) {
      return ended;
    }
    System.err.println("bactrian: " + unwritten(lost));
    return ended == ExitCode.COMPLETE ? ExitCode.FAILED : ended;
  }

  static String unwritten(IOException e) {
    return "standard output cannot be written: " + e.getMessage();
  }

  /** Whether nobody reads it any more; Java tells that by the system's message alone. */
  boolean isReaderGone() {
    IOException lost = failure;
    return lost != null && String.valueOf(lost.getMessage()).contains("Broken pipe");
  }
}
