package io.bactrian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** Finds the shipped routes and templates on the class path, and a user's own in folders. */
final class Resources {
  private static final String SHIPPED_ROUTES = "classpath:routes/**/*.camel.yaml";
  private static final String SHIPPED_TEMPLATES = "classpath:templates/*.yaml";

  private Resources() {}

  /** All routes; a file in a folder replaces the shipped one of the same relative path. */
  static Collection<Resource> routes(CamelContext camel, List<Path> folders) {
    Map<String, Resource> routes = new TreeMap<>();
    for (Resource shipped : shipped(camel, SHIPPED_ROUTES)) {
      String location = shipped.getLocation();
      routes.put(location.substring(location.indexOf("routes/") + "routes/".length()), shipped);
    }
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        routes.put(
            folder.relativize(file).toString().replace('\\', '/'),
            PluginHelper.getResourceLoader(camel).resolveResource("file:" + file.toAbsolutePath()));
      }
    }
    return routes.values();
  }

  static Collection<Resource> templates(CamelContext camel) {
    return shipped(camel, SHIPPED_TEMPLATES);
  }

  private static Collection<Resource> shipped(CamelContext camel, String pattern) {
    try {
      return PluginHelper.getPackageScanResourceResolver(camel).findResources(pattern);
    } catch (Exception e) {
      throw new IllegalStateException("%s cannot be read".formatted(pattern), e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".camel.yaml")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s (setting bactrian.routes.dir)".formatted(folder, e), e);
    }
  }
}
