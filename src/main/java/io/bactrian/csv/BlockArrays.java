package io.bactrian.csv;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Arrays of a block's size that are used again, by one at a time: fresh memory for each range costs
 * more than opening the file does. Thread safe.
 */
final class BlockArrays {
  private static final int MOST = 16;
  private static final int LENGTH = ChunkWindow.BLOCK + Words.PADDING;
  private static final Queue<byte[]> FREE = new ArrayBlockingQueue<>(MOST);

  private BlockArrays() {}

  /** An array with the bytes that somebody left in it. */
  static byte[] take() {
    byte[] array = FREE.poll();
    return array == null ? new byte[LENGTH] : array;
  }

  /** Nobody looks at it any more. One of another size is left to the collector. */
  static void give(byte[] array) {
    if (array.length == LENGTH) {
      boolean unused = FREE.offer(array);
    }
  }
}
