package io.bactrian.csv;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts contents of fields by their bytes; makes no text while it counts. Contents of up to 16
 * bytes are compared as two words. Not thread safe.
 */
public final class SliceCounts {
  private static final int FIRST_CAPACITY = 64;
  private static final int IN_WORDS = 2 * Long.BYTES;

  /**
   * An odd number close to 2^64 divided by the golden ratio, as in Knuth's multiplicative hashing.
   */
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  private Table table = new Table(FIRST_CAPACITY);
  private int size;

  /** One more of this content. */
  public void add(ByteSlice content) {
    int slot = table.slot(content);
    if (table.keys[slot] == null) {
      if (size * 2 >= table.keys.length) {
        grow();
        slot = table.slot(content);
      }
      table.put(slot, content);
      size++;
    }
    table.counts[slot]++;
  }

  private void grow() {
    var larger = new Table(table.keys.length * 2);
    var content = new ByteSlice();
    for (int i = 0; i < table.keys.length; i++) {
      byte[] key = table.keys[i];
      if (key != null) {
        content.set(key, 0, key.length);
        int slot = larger.slot(content);
        larger.put(slot, content);
        larger.counts[slot] = table.counts[i];
      }
    }
    table = larger;
  }

  /** The counts by text, in the order of the text. */
  public Map<String, Long> toMap(Charset charset) {
    var map = new TreeMap<String, Long>();
    for (int i = 0; i < table.keys.length; i++) {
      if (table.keys[i] != null) {
        map.put(new String(table.keys[i], charset), table.counts[i]);
      }
    }
    return map;
  }

  /** Open addressing; at most half full. */
  private static final class Table {
    private final byte[][] keys;
    private final long[] heads;
    private final long[] tails;
    private final long[] counts;

    Table(int capacity) {
      keys = new byte[capacity][];
      heads = new long[capacity];
      tails = new long[capacity];
      counts = new long[capacity];
    }

    /** Where a content stands, or the free place where it would. */
    int slot(ByteSlice content) {
      long head = content.head();
      long tail = content.tail();
      int mask = keys.length - 1;
      long hash = (((head + content.length()) * FACTOR) ^ tail) * FACTOR;
      int slot = (int) (hash >>> 32) & mask;
      while (keys[slot] != null
          && !(heads[slot] == head && tails[slot] == tail && isSame(keys[slot], content))) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private static boolean isSame(byte[] key, ByteSlice content) {
      return key.length == content.length() && (key.length <= IN_WORDS || content.sameAs(key));
    }

    void put(int slot, ByteSlice content) {
      keys[slot] = content.toBytes();
      heads[slot] = content.head();
      tails[slot] = content.tail();
    }
  }
}
