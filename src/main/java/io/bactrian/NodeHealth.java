package io.bactrian;

import io.bactrian.api.Health;
import io.bactrian.node.Node;
import io.bactrian.node.Vitals;
import io.bactrian.node.WakeUp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the node of this process is; nothing is known before it has started. */
final class NodeHealth implements Health {
  private static final double MILLIS = 1_000;

  private final Instant started = Instant.now();
  private volatile @Nullable Watched watched;

  private record Watched(Node node, WakeUp wakeUp) {}

  void watch(Node node, WakeUp wakeUp) {
    watched = new Watched(node, wakeUp);
  }

  private Optional<Vitals> vitals() {
    return Optional.ofNullable(watched).map(w -> w.node().vitals());
  }

  @Override
  public boolean isLive() {
    return vitals().map(Vitals::isLive).orElse(true);
  }

  @Override
  public boolean isReady() {
    return vitals().map(Vitals::isReady).orElse(false);
  }

  @Override
  public Map<String, Object> details() {
    var json = new LinkedHashMap<String, Object>();
    json.put("status", status());
    json.put("version", version());
    json.put("uptime_seconds", seconds(Duration.between(started, Instant.now())));
    Watched seen = watched;
    if (seen != null) {
      Vitals vitals = seen.node().vitals();
      json.put("node_uuid", seen.node().uuid());
      json.put("claiming", vitals.claiming());
      json.put("draining", vitals.draining());
      json.put("slots", vitals.slots());
      json.put("steps_in_progress", vitals.busy());
      json.put("database_reachable", vitals.heard());
      json.put("database_heard_seconds_ago", seconds(vitals.sinceHeard()));
      json.put("wake_up_restarts", seen.wakeUp().restarts());
    }
    return json;
  }

  private String status() {
    if (isReady()) {
      return "ready";
    }
    return vitals().filter(Vitals::draining).isPresent() ? "draining" : "not_ready";
  }

  private static String version() {
    String version = NodeHealth.class.getPackage().getImplementationVersion();
    return version == null ? "not packaged" : version;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS;
  }
}
