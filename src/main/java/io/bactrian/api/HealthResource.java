package io.bactrian.api;

/** How the node is, in detail. Named {@code healthApi} by routes. */
public final class HealthResource {
  private final Health health;

  HealthResource(Health health) {
    this.health = health;
  }

  /** All there is to say, good or bad. */
  public Object show(Request request) {
    request.mustUseAll();
    return health.details();
  }
}
