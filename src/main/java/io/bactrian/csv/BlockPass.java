package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The planner's pass over a file, in parallel over its blocks.
 *
 * <p>Each block is scanned from a guess: its first line end is one, or, where that finds quotes out
 * of place, the block begins inside a quoted field. Then the blocks are taken from left to right: a
 * guess that is not where the block before really ends is scanned again. So the result does not
 * depend on any guess.
 */
final class BlockPass {
  /** Bytes of a block where nothing else is said. */
  static final int BLOCK = 256 << 10;

  /** Blocks between two times that guesses are made good. */
  private static final int WINDOW = 4096;

  private final Source source;
  private final int blockSize;
  private final int threads;

  private final RecordIndex index = new RecordIndex();
  private final Checksums checksums;
  private final Block[] blocks;
  private final BlockTask exact;
  private long at;
  private long records;
  private long dataStart;
  private long dataEnd;
  private long longest;

  /**
   * What is scanned.
   *
   * @param dataFrom byte offset of the first line that is not the header's
   */
  record Source(Path file, FileChannel channel, Dialect dialect, long dataFrom, long size) {}

  /**
   * What was found in one block.
   *
   * @param from byte offset of the line that was taken for the first that begins in it
   * @param next byte offset of the first line that begins after it
   * @param first byte offset of its first record
   * @param recordsEnd byte offset after its last record
   * @param records how many records begin in it
   * @param longest bytes of the longest of them
   * @param broken whether one of them is not in the dialect
   * @param crc of its bytes
   */
  record Block(
      long from,
      long next,
      long first,
      long recordsEnd,
      int records,
      int longest,
      boolean broken,
      long crc) {}

  BlockPass(Source source, int blockSize, int threads) {
    this.source = source;
    this.blockSize = blockSize;
    this.threads = threads;
    this.checksums = new Checksums(blockSize);
    this.exact = new BlockTask(source, blockSize);
    this.blocks = new Block[(int) Math.min(WINDOW, source.size() / blockSize + 1)];
    this.at = source.dataFrom();
    this.dataStart = at;
    this.dataEnd = at;
  }

  void run() throws IOException {
    long count = (source.size() + blockSize - 1) / blockSize;
    for (long begin = 0; begin < count; begin += WINDOW) {
      int window = (int) Math.min(WINDOW, count - begin);
      scan(begin, window);
      for (int i = 0; i < window; i++) {
        take(begin + i, blocks[i]);
      }
    }
    checksums.end();
  }

  private void scan(long begin, int window) throws IOException {
    var next = new AtomicInteger();
    var helpers = new PlanThreads(Math.min(threads, window / 4) - 1);
    helpers.start(() -> scan(begin, window, next));
    try {
      scan(begin, window, next);
    } finally {
      next.set(window);
      helpers.join();
    }
    helpers.rethrow();
  }

  private void scan(long begin, int window, AtomicInteger next) throws IOException {
    var task = new BlockTask(source, blockSize);
    for (int i = next.getAndIncrement(); i < window; i = next.getAndIncrement()) {
      blocks[i] = task.guess(begin + i);
    }
  }

  private void take(long number, Block guessed) throws IOException {
    long end = Math.min((number + 1) * blockSize, source.size());
    checksums.add(guessed.crc(), end - number * blockSize);
    if (at >= end) {
      return;
    }
    boolean right = guessed.from() == at && !guessed.broken();
    Block block = right ? guessed : exact.scan(number, at, records + 1);
    if (block.records() > 0) {
      if (records == 0) {
        dataStart = block.first();
      }
      index.add(records + 1, block.first());
      records += block.records();
      dataEnd = block.recordsEnd();
      longest = Math.max(longest, block.longest());
    }
    at = block.next();
  }

  RecordIndex index() {
    return index;
  }

  Checksums checksums() {
    return checksums;
  }

  long records() {
    return records;
  }

  long dataStart() {
    return dataStart;
  }

  long dataEnd() {
    return dataEnd;
  }

  long longest() {
    return longest;
  }
}
