package io.bactrian.testing;

import io.bactrian.store.Fact;

/** Reaches whoever commits on a node that has died: to be let through. */
public final class NodeDied extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Fact fact;

  NodeDied(Fact fact) {
    super("the node has died and cannot commit " + fact);
    this.fact = fact;
  }

  /** What the node was about to make true, or had just made true. */
  public Fact fact() {
    return fact;
  }
}
