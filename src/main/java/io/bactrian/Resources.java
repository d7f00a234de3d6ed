package io.bactrian;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Finds the shipped routes and templates on the class path, and a user's own in folders. */
final class Resources {
  private static final String ROUTES = "routes/";
  private static final String API = "api/";
  private static final String TEMPLATES = "templates/";

  private Resources() {}

  /**
   * All routes; a file in a folder replaces the shipped one of the same relative path.
   *
   * @param withApi whether the routes of the REST API are among them
   */
  static Collection<Resource> routes(CamelContext camel, List<Path> folders, boolean withApi) {
    Map<String, Resource> routes = new TreeMap<>();
    for (String path : shipped(ROUTES, "**/*.camel.yaml")) {
      routes.put(path, resource(camel, "classpath:" + ROUTES + path));
    }
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        routes.put(
            folder.relativize(file).toString().replace('\\', '/'),
            resource(camel, "file:" + file.toAbsolutePath()));
      }
    }
    if (!withApi) {
      routes.keySet().removeIf(path -> path.startsWith(API));
    }
    return routes.values();
  }

  /** The shipped templates: where they are read, and their texts. */
  static Map<String, String> templates() {
    Map<String, String> templates = new LinkedHashMap<>();
    for (String path : shipped(TEMPLATES, "*.yaml")) {
      String location = "classpath:" + TEMPLATES + path;
      try {
        templates.put(
            location,
            new DefaultResourceLoader()
                .getResource(location)
                .getContentAsString(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new IllegalStateException(location + " cannot be read", e);
      }
    }
    return templates;
  }

  private static Resource resource(CamelContext camel, String location) {
    return PluginHelper.getResourceLoader(camel).resolveResource(location);
  }

  /** Paths below a folder of the class path, relative to it. */
  private static List<String> shipped(String folder, String pattern) {
    try {
      var found = new ArrayList<String>();
      for (var resource :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:" + folder + pattern)) {
        String url = resource.getURL().toString();
        found.add(url.substring(url.lastIndexOf("/" + folder) + folder.length() + 1));
      }
      return found;
    } catch (IOException e) {
      throw new IllegalStateException("%s of the class path cannot be read".formatted(folder), e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".camel.yaml")).sorted().toList();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("folder %s does not exist".formatted(folder), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("folder %s cannot be read: %s".formatted(folder, e), e);
    }
  }
}
