package io.bactrian.csv;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts contents of fields by their bytes; makes no text while it counts. Contents of up to 16
 * bytes are compared as two words. Not thread safe.
 */
public final class SliceCounts {
  private static final int FIRST_CAPACITY = 256;
  private static final int IN_WORDS = 2 * Long.BYTES;

  /** Words of an entry: head, tail, length + 1 or 0 where it is free, count. */
  private static final int ENTRY = 4;

  private static final int TAIL = 1;
  private static final int SIZE = 2;
  private static final int COUNT = 3;

  /**
   * An odd number close to 2^64 divided by the golden ratio, as in Knuth's multiplicative hashing.
   */
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  /** Open addressing; at most half full. */
  private long[] entries = new long[FIRST_CAPACITY * ENTRY];

  private byte[][] keys = new byte[FIRST_CAPACITY][];
  private int used;

  /** One more of this content. */
  public void add(ByteSlice content) {
    long head = content.head();
    long tail = content.tail();
    long size = content.length() + 1L;
    int at = first(entries, head, tail, size);
    while (entries[at + SIZE] != size
        || entries[at] != head
        || entries[at + TAIL] != tail
        || (size > IN_WORDS + 1 && !content.sameAs(keys[at / ENTRY]))) {
      if (entries[at + SIZE] == 0) {
        put(at, content);
        return;
      }
      at = next(entries, at);
    }
    entries[at + COUNT]++;
  }

  private static int first(long[] entries, long head, long tail, long size) {
    long hash = (((head + size) * FACTOR) ^ tail) * FACTOR;
    return (int) (hash >>> 32) & (entries.length - ENTRY);
  }

  private static int next(long[] entries, int at) {
    return (at + ENTRY) & (entries.length - ENTRY);
  }

  private void put(int at, ByteSlice content) {
    entries[at] = content.head();
    entries[at + TAIL] = content.tail();
    entries[at + SIZE] = content.length() + 1L;
    entries[at + COUNT] = 1;
    keys[at / ENTRY] = content.toBytes();
    used++;
    if (used * 2 > keys.length) {
      grow();
    }
  }

  private void grow() {
    var larger = new long[entries.length * 2];
    var places = new byte[keys.length * 2][];
    for (int old = 0; old < entries.length; old += ENTRY) {
      if (entries[old + SIZE] != 0) {
        int at = first(larger, entries[old], entries[old + TAIL], entries[old + SIZE]);
        while (larger[at + SIZE] != 0) {
          at = next(larger, at);
        }
        System.arraycopy(entries, old, larger, at, ENTRY);
        places[at / ENTRY] = keys[old / ENTRY];
      }
    }
    entries = larger;
    keys = places;
  }

  /** The counts by text, in the order of the text. */
  public Map<String, Long> toMap(Charset charset) {
    var map = new TreeMap<String, Long>();
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != null) {
        map.put(new String(keys[i], charset), entries[i * ENTRY + COUNT]);
      }
    }
    return map;
  }
}
