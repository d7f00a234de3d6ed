package io.bactrian.step;

/**
 * The planned input of the step does not stand on this node as it was planned. Another node may see
 * it: the lease is given back, and this was no attempt.
 */
public final class InputNotVisible extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean changed;

  /**
   * @param found what this node found instead
   * @param changed whether the file is there but not the planned one
   */
  public InputNotVisible(String found, boolean changed) {
    super(found);
    this.changed = changed;
  }

  public boolean isChanged() {
    return changed;
  }
}
