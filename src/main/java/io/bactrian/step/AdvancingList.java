package io.bactrian.step;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A list that tells of each element that is taken. */
final class AdvancingList<T> extends AbstractList<T> implements RandomAccess {
  private final List<T> elements;
  private final Runnable taken;

  AdvancingList(List<T> elements, Runnable taken) {
    this.elements = elements;
    this.taken = taken;
  }

  @Override
  public T get(int index) {
    taken.run();
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}
