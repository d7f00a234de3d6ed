package io.bactrian.api;

import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.support.DefaultConsumer;

/** HTTP routes of a process that does not listen: they are there, and nobody calls them. */
public final class SilentEngine implements PlatformHttpEngine {
  private SilentEngine() {}

  /** Lets the HTTP routes of a context start without a listener. */
  public static void attach(CamelContext camel) {
    camel.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, new SilentEngine());
    camel.getRestConfiguration().setComponent("platform-http");
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return new Silent(endpoint, processor);
  }

  @Override
  public int getServerPort() {
    return 0;
  }

  private static final class Silent extends DefaultConsumer implements PlatformHttpConsumer {
    Silent(PlatformHttpEndpoint endpoint, Processor processor) {
      super(endpoint, processor);
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
      return (PlatformHttpEndpoint) super.getEndpoint();
    }
  }
}
