package io.bactrian.route;

import io.bactrian.csv.Chunk;
import io.bactrian.step.RunningStep;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format {@code views}: a chunk becomes {@link io.bactrian.csv.RecordViews}, read from the
 * file while they are iterated. A body that is no chunk stays as it is.
 */
public final class ViewsFormat extends ServiceSupport implements DataFormat {

  @Override
  public Object unmarshal(Exchange exchange, Object body) {
    if (!(body instanceof Chunk chunk)) {
      return body;
    }
    ChunkExchange.mark(exchange);
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    return step == null ? chunk.views() : chunk.views(step::progress);
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream stream) {
    throw new UnsupportedOperationException(
        "views reads the chunks of a batch worker, not streams");
  }

  @Override
  public void marshal(Exchange exchange, Object graph, OutputStream stream) {
    throw new UnsupportedOperationException(
        "views reads the chunks of a batch worker; it writes nothing");
  }
}
