package io.bactrian;

import io.bactrian.store.CommitHook;
import org.apache.camel.CamelContext;

/** What a program that runs a node inside of it may add and replace. */
public interface NodeSetup {
  /** Nothing. */
  NodeSetup NONE = new NodeSetup() {};

  /** Is told of every commit and rename of the node. */
  default CommitHook hook() {
    return CommitHook.NONE;
  }

  /** Bactrian's own beans are bound, no route is read yet: bind more, or others in their place. */
  default void beforeRoutes(CamelContext camel) {}

  /**
   * All routes are read, no template is checked against them yet: add, replace or advise routes.
   */
  default void afterRoutes(CamelContext camel) {}
}
