package io.bactrian.api;

import io.bactrian.access.Principal;
import java.util.function.Function;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;

/** Puts every HTTP route behind a {@link Guard}, on the one listener there is. */
final class GuardedEngine extends VertxPlatformHttpEngine {
  private final int port;
  private final Contract contract;
  private final Function<HttpCall, Principal> authentication;

  GuardedEngine(int port, Contract contract, Function<HttpCall, Principal> authentication) {
    this.port = port;
    this.contract = contract;
    this.authentication = authentication;
  }

  @Override
  public int getServerPort() {
    return port;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return super.createConsumer(endpoint, new Guard(processor, contract, authentication));
  }
}
