package io.bactrian.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Rejected records as a file: the header line of the planned file, then each record byte for byte.
 *
 * @param name what it may be called
 * @param columns the names in its header; empty where it has none, or they are not known here
 * @param content is read while it goes out, so what is set aside meanwhile may stand in it too
 */
public record RejectFile(String name, List<String> columns, InputStream content)
    implements AutoCloseable {
  public RejectFile {
    columns = List.copyOf(columns);
  }

  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
