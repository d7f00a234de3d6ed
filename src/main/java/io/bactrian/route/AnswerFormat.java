package io.bactrian.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.step.Answers;
import io.bactrian.step.PermanentFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format {@code answer}: what a handler answered, a map, a record or a JSON tree, becomes
 * the map that its JSON text says, what is no map by way of Camel's Jackson data format; decimals
 * keep their scale.
 */
public final class AnswerFormat extends ServiceSupport implements DataFormat {
  private final JacksonDataFormat jackson = new JacksonDataFormat(Json.MAPPER, JsonNode.class);

  @Override
  protected void doStart() {
    ServiceHelper.startService(jackson);
  }

  @Override
  protected void doStop() {
    ServiceHelper.stopService(jackson);
  }

  /**
   * Reads an answer.
   *
   * @throws PermanentFailure if it is no JSON object
   */
  @Override
  public Object unmarshal(Exchange exchange, Object body) throws Exception {
    if (body instanceof Map<?, ?> map) {
      return Json.asRead(map);
    }
    var json = new ByteArrayOutputStream();
    jackson.marshal(exchange, body, json);
    return Answers.object(
        jackson.unmarshal(exchange, new ByteArrayInputStream(json.toByteArray())));
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream stream) {
    throw new UnsupportedOperationException("answer reads what a handler answered, not streams");
  }

  @Override
  public void marshal(Exchange exchange, Object graph, OutputStream stream) {
    throw new UnsupportedOperationException(
        "answer reads what a handler answered; it writes nothing");
  }
}
