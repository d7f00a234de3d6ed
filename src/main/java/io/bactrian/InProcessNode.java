package io.bactrian;

import io.bactrian.cli.Engine;
import io.bactrian.step.Ending;
import io.bactrian.step.StepRunner;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;

/** A node inside of another program, for instance of a test. Closing drains it. */
public final class InProcessNode implements AutoCloseable {
  private final UUID uuid;
  private final CamelContext camel;
  private final StepRunner runner;
  private final Engine engine;

  InProcessNode(UUID uuid, CamelContext camel, StepRunner runner, Engine engine) {
    this.uuid = uuid;
    this.camel = camel;
    this.runner = runner;
    this.engine = engine;
  }

  /**
   * Starts a node.
   *
   * @param settings {@code bactrian.*}
   * @param ownTasksOnly whether it works only for the tasks it is told to
   * @param setup what differs from a node of the program
   */
  public static InProcessNode start(
      Map<String, String> settings, boolean ownTasksOnly, NodeSetup setup) {
    return new Wiring(setup).start(settings, ownTasksOnly);
  }

  public UUID uuid() {
    return uuid;
  }

  public CamelContext camel() {
    return camel;
  }

  public Engine engine() {
    return engine;
  }

  /** Ends the running attempts at once instead of draining them; to be closed afterwards. */
  public void interrupt() {
    runner.running().forEach(step -> step.end(Ending.LEASE_LOST));
  }

  @Override
  public void close() {
    engine.close();
  }
}
