package io.bactrian.cli;

import io.bactrian.template.Loaded;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One template in a list.
 *
 * @param namespace its namespace
 * @param name its name
 * @param version its version
 * @param description what it is for
 * @param source where it was read
 */
public record TemplateLine(
    String namespace, String name, String version, String description, String source) {

  static TemplateLine of(Loaded loaded) {
    return new TemplateLine(
        loaded.template().namespace(),
        loaded.template().name(),
        loaded.template().version(),
        loaded.template().description(),
        loaded.source());
  }

  String reference() {
    return "%s/%s@%s".formatted(namespace, name, version);
  }

  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("namespace", namespace);
    map.put("name", name);
    map.put("version", version);
    map.put("description", description);
    map.put("source", source);
    return map;
  }
}
