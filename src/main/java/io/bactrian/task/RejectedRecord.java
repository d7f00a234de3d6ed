package io.bactrian.task;

import java.time.Instant;

/**
 * A record that a batch worker has set aside.
 *
 * @param step the worker
 * @param templateStep what the worker is an instance of
 * @param ordinal its ordinal in the planned file, from 1
 * @param byteOffset where its first byte stands in the file
 * @param reason what was found in it, and what was allowed
 * @param content what stands in it
 * @param createdAt when it was set aside
 */
public record RejectedRecord(
    String step,
    String templateStep,
    long ordinal,
    long byteOffset,
    String reason,
    Content content,
    Instant createdAt) {

  /** At most so many bytes of a record are shown; the reject file has all of them. */
  public static final int MOST_BYTES = 64 << 10;

  /**
   * What stands in a record.
   *
   * @param text its bytes in the charset of the file; what is none of it is replaced
   * @param base64 its bytes, exactly; empty where the asker may not see them
   * @param length how many bytes it has, also those that are not shown
   */
  public record Content(String text, String base64, long length) {}
}
