package io.bactrian.store;

/**
 * Is told of every commit and every rename; tests stop a node there. A commit that makes several
 * facts true is told of once for each. What it throws reaches the caller of the commit. Called on
 * the thread that commits.
 */
public interface CommitHook {
  /** Does nothing. */
  CommitHook NONE = new CommitHook() {};

  /** All is ready and nothing is true yet; what is thrown here rolls back. */
  default void before(Fact fact) {}

  /** It is true for everybody; the caller does not know yet. */
  default void after(Fact fact) {}
}
