package io.bactrian;

import io.bactrian.api.ApiClient;
import io.bactrian.cli.Engine;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A serving node in this process, with a database of its own and an API on any free port. */
public final class ApiNode implements AutoCloseable {
  private final DatabaseAddress address = TestDatabase.create();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Engine engine;

  /** A node with these settings, and the usual ones of tests. */
  public ApiNode(Path home, Map<String, String> given) {
    settings.put("bactrian.home", home.toString());
    settings.put("bactrian.database.url", TestDatabase.url(address));
    settings.put("bactrian.poll", "100ms");
    settings.put("bactrian.api.port", "0");
    settings.putAll(given);
    engine = new Wiring().node(settings, false);
  }

  /** Stops the node and starts another on the same database. */
  public void restart(Map<String, String> given) {
    engine.close();
    settings.putAll(given);
    engine = new Wiring().node(settings, false);
  }

  public ApiClient client() {
    return new ApiClient(engine.api().orElseThrow());
  }

  public DatabaseAddress database() {
    return address;
  }

  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  @Override
  public void close() {
    engine.close();
  }
}
