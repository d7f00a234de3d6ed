package io.bactrian.api;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;

/** Puts every HTTP route behind a {@link Guard}, on the one listener there is. */
final class GuardedEngine extends VertxPlatformHttpEngine {
  private final int port;
  private final Gate gate;

  GuardedEngine(int port, Gate gate) {
    this.port = port;
    this.gate = gate;
  }

  @Override
  public int getServerPort() {
    return port;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return super.createConsumer(endpoint, new Guard(processor, gate, gate.has(endpoint.getPath())));
  }
}
