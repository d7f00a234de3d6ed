package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of a chunk, read at once, for those who want all its records as text. */
final class ChunkBytes {
  private final Chunk chunk;
  private final byte[] bytes;
  private int[] starts = {};

  private ChunkBytes(Chunk chunk, byte[] bytes) {
    this.chunk = chunk;
    this.bytes = bytes;
  }

  static ChunkBytes read(Chunk chunk) {
    return new ChunkBytes(chunk, read(chunk, chunk.startOffset(), chunk.endOffset()));
  }

  /** Some of the chunk's bytes, by their offsets in the file. */
  static byte[] read(Chunk chunk, long start, long end) {
    byte[] all = new byte[Math.toIntExact(end - start)];
    try {
      int read = FileBytes.read(chunk.source().channel(), start, ByteBuffer.wrap(all)).remaining();
      if (read < all.length) {
        throw CsvException.inputChanged(chunk.file(), "it ends at byte %d".formatted(start + read));
      }
      return all;
    } catch (IOException e) {
      throw new CsvReadException(chunk.file(), e);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  long crc() {
    return Crc.of(bytes, 0, bytes.length);
  }

  /** Byte offset in the file of a record, by its index in the chunk. */
  long offsetOf(int recordIndex) {
    return chunk.startOffset() + starts()[recordIndex];
  }

  /** Where each record begins in the bytes, and where the last line ends. */
  private int[] starts() {
    if (starts.length == 0) {
      var fields = RecordFields.of(chunk.dialect(), 16);
      fields.bytes(padded(), 0, bytes.length, true);
      starts = new int[chunk.recordCount() + 1];
      for (int i = 0; i < chunk.recordCount(); i++) {
        if (fields.next() < 0) {
          throw chunk.notThere(chunk.firstOrdinal() + i);
        }
        starts[i] = fields.recordStart();
        starts[i + 1] = fields.nextStart();
      }
    }
    return starts;
  }

  private byte[] padded() {
    return Arrays.copyOf(bytes, bytes.length + Words.PADDING);
  }

  void checkText() {
    if (TextCheck.of(chunk.dialect().charset()).check(padded(), 0, bytes.length, true) < 0) {
      records(); // what is malformed in a comment is no matter
    }
  }

  List<CsvRecord> records() {
    var decoder = new RecordDecoder(chunk.file(), chunk.dialect());
    var records = new ArrayList<CsvRecord>(chunk.recordCount());
    for (int i = 0; i < chunk.recordCount(); i++) {
      records.add(record(decoder, i));
    }
    return records;
  }

  private CsvRecord record(RecordDecoder decoder, int i) {
    long ordinal = chunk.firstOrdinal() + i;
    long offset = offsetOf(i);
    return new CsvRecord(
        ordinal, offset, decoder.decode(bytes, starts()[i], starts()[i + 1], ordinal, offset));
  }
}
