package io.bactrian.cli;

import io.bactrian.store.DatabaseStatus;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how a database is, to people and to programs. */
final class DatabaseReport {
  private DatabaseReport() {}

  static void text(PrintWriter out, DatabaseStatus status, boolean isEmbedded) {
    out.printf("server       %s, PostgreSQL %s%n", server(isEmbedded), status.serverVersion());
    out.printf("address      %s%n", status.address());
    out.printf("size         %s%n", size(status.bytes()));
    out.printf("schema       %s%n", status.schema().orElse("none"));
    out.printf("pending      %s%n", listed(status.pending()));
    if (!status.foreign().isEmpty()) {
      out.printf("of others    %s%n", listed(status.foreign()));
    }
    out.printf("connections  %d of %d%n", status.connections(), status.maxConnections());
    out.printf("live nodes   %d%n", status.liveNodes());
    status.tasks().forEach((state, count) -> out.printf("tasks        %d %s%n", count, state));
    out.printf("receipts     %d%n", status.receipts());
    out.flush();
  }

  static Map<String, @Nullable Object> map(DatabaseStatus status, boolean isEmbedded) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("server", server(isEmbedded));
    map.put("host", status.address().host());
    map.put("port", status.address().port());
    map.put("database", status.address().database());
    map.put("user", status.address().user());
    map.put("server_version", status.serverVersion());
    map.put("bytes", status.bytes());
    map.put("schema", status.schema().orElse(null));
    map.put("pending", status.pending());
    map.put("foreign", status.foreign());
    map.put("connections", status.connections());
    map.put("max_connections", status.maxConnections());
    map.put("live_nodes", status.liveNodes());
    map.put("tasks", status.tasks());
    map.put("receipts", status.receipts());
    return map;
  }

  static String server(boolean isEmbedded) {
    return isEmbedded ? "embedded" : "external";
  }

  private static String listed(List<String> scripts) {
    return scripts.isEmpty() ? "nothing" : String.join(", ", scripts);
  }

  static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
  }
}
