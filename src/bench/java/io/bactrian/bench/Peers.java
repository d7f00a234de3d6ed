package io.bactrian.bench;

import io.bactrian.inventory.ScanOnly;
import io.bactrian.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The peers by name, in the order they are measured. */
final class Peers {
  static final int THREADS = 2;
  static final String SCAN_ONLY = "scan-only";
  static final String DUCKDB = "duckdb";
  static final String SPRING_BATCH = "spring-batch";

  /** After the name of a peer: its process has answered before. */
  static final String WARM = "-warm";

  private static final Map<String, Supplier<Peer>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put(DUCKDB, DuckDb::new);
    BY_NAME.put(DUCKDB + WARM, () -> new Warmed(new DuckDb()));
    BY_NAME.put("fastcsv", FastCsv::new);
    BY_NAME.put("commons-csv", CommonsCsv::new);
    BY_NAME.put(SPRING_BATCH, SpringBatch::new);
    BY_NAME.put("re-read", ReRead::new);
    BY_NAME.put(SCAN_ONLY, () -> Peers::scanOnly);
    BY_NAME.put(SCAN_ONLY + WARM, () -> new Warmed(Peers::scanOnly));
  }

  private Peers() {}

  private static Figures scanOnly(Path file, long records) throws Exception {
    return Figures.of(Json.MAPPER.valueToTree(ScanOnly.run(file, THREADS)));
  }

  static Iterable<String> names() {
    return BY_NAME.keySet();
  }

  static Peer of(String name) {
    Supplier<Peer> peer = BY_NAME.get(name);
    if (peer == null) {
      throw new IllegalArgumentException(
          "peer is '%s'; allowed: %s".formatted(name, String.join(", ", names())));
    }
    return peer.get();
  }
}
