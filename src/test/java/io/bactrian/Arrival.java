package io.bactrian;

import io.bactrian.step.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.ExchangeProperty;

/** A handler that reads the file which its task is for. */
public final class Arrival {

  public Map<String, Object> read(@ExchangeProperty("step") StepContext step) throws IOException {
    Path file = step.resolve(String.valueOf(step.context().get(step.inputs().get("key"))));
    return Map.of("name", file.getFileName().toString(), "content", Files.readString(file));
  }
}
