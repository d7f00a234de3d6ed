package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Tells on any machine whether a file is the one that was planned.
 *
 * @param size bytes
 * @param headCrc CRC-32 of the first 64 KiB
 * @param tailCrc CRC-32 of the last 64 KiB
 * @param modifiedNanos time of the last change in nanoseconds since 1970; alone it proves nothing
 * @param place machine, device, inode and time of the inode's last change; empty where one of them
 *     is not known or the file was written to just before, so that a later write could go unseen
 */
public record Fingerprint(long size, long headCrc, long tailCrc, long modifiedNanos, String place) {
  private static final int SAMPLE = 64 << 10;

  static Fingerprint of(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    return new Fingerprint(
        size,
        crc(channel, 0, (int) Math.min(SAMPLE, size)),
        crc(channel, Math.max(0, size - SAMPLE), (int) Math.min(SAMPLE, size)),
        Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS),
        Place.of(file));
  }

  /**
   * What a file is like now.
   *
   * @throws CsvException if it is no file that may be read
   * @throws CsvReadException if reading fails
   */
  public static Fingerprint of(Path file) {
    try (FileChannel channel = FileBytes.open(file)) {
      return of(file, channel);
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
  }

  private static long crc(FileChannel channel, long from, int length) throws IOException {
    byte[] array = BlockArrays.take();
    try {
      var crc = new CRC32();
      crc.update(FileBytes.read(channel, from, ByteBuffer.wrap(array, 0, length)));
      return crc.getValue();
    } finally {
      BlockArrays.give(array);
    }
  }

  /** What has changed since; empty when the file is the same. */
  public Optional<String> difference(Fingerprint now) {
    var changes = new ArrayList<String>();
    if (size != now.size) {
      changes.add("its size was %d bytes and is %d".formatted(size, now.size));
    }
    if (headCrc != now.headCrc) {
      changes.add("its first 64 KiB have changed");
    }
    if (tailCrc != now.tailCrc) {
      changes.add("its last 64 KiB have changed");
    }
    return changes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", changes));
  }
}
