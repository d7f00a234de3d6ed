package io.bactrian;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What routes read as <code>{{bactrian.…}}</code>, and how Camel itself is set up for them. */
final class RouteProperties {
  private static final String SECRET = "bactrian.database.url";

  private RouteProperties() {}

  /**
   * The settings, and which triggers are active.
   *
   * @param serves whether this node works for whatever is submitted; triggers are active there only
   */
  static Map<String, String> of(Settings settings, boolean serves) {
    Map<String, String> properties = new TreeMap<>(settings.all());
    properties.remove(SECRET);
    properties.put("bactrian.serves", String.valueOf(serves));
    settled(settings, properties);
    activate(settings, serves, properties);
    properties.put("camel.component.direct.block", "false");
    properties.put("camel.component.kamelet.location", kamelets(settings));
    properties.put("camel.main.startup-summary-level", "Off");
    return properties;
  }

  /** Camel's file component wants milliseconds. */
  private static void settled(Settings settings, Map<String, String> properties) {
    String key = "bactrian.triggers.folder.settled";
    properties.put(key, String.valueOf(settings.duration(key).toMillis()));
  }

  private static void activate(Settings settings, boolean serves, Map<String, String> properties) {
    for (String key :
        List.of(
            "bactrian.triggers.folder.path",
            "bactrian.triggers.schedule.cron",
            "bactrian.triggers.http.template")) {
      properties.put(
          key.substring(0, key.lastIndexOf('.')) + ".active",
          String.valueOf(serves && settings.optional(key).isPresent()));
    }
  }

  /** {@code NAME.kamelet.yaml} is looked for beside the user's routes. */
  private static String kamelets(Settings settings) {
    return settings.folders("bactrian.routes.dir").stream()
        .map(Path::toAbsolutePath)
        .map(folder -> ",file:" + folder)
        .collect(Collectors.joining("", "classpath:kamelets", ""));
  }
}
