package io.bactrian.csv;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.TreeMap;

/** Counts contents of fields by their bytes; makes no text while it counts. Not thread safe. */
public final class SliceCounts {
  private static final int FIRST_CAPACITY = 64;

  private byte[][] keys = new byte[FIRST_CAPACITY][];
  private long[] counts = new long[FIRST_CAPACITY];
  private int size;

  /** One more of this content. */
  public void add(ByteSlice content) {
    int slot = slot(content, keys);
    if (keys[slot] == null) {
      if (size * 2 >= keys.length) {
        grow();
        slot = slot(content, keys);
      }
      keys[slot] = content.toBytes();
      size++;
    }
    counts[slot]++;
  }

  private static int slot(ByteSlice content, byte[][] keys) {
    int mask = keys.length - 1;
    int slot = content.hash() >>> Integer.numberOfLeadingZeros(mask);
    while (keys[slot] != null && !content.sameAs(keys[slot])) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new byte[oldKeys.length * 2][];
    counts = new long[keys.length];
    var content = new ByteSlice();
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        content.set(oldKeys[i], 0, oldKeys[i].length);
        int slot = slot(content, keys);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  /** The counts by text, in the order of the text. */
  public Map<String, Long> toMap(Charset charset) {
    var map = new TreeMap<String, Long>();
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != null) {
        map.put(new String(keys[i], charset), counts[i]);
      }
    }
    return map;
  }
}
