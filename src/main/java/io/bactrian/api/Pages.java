package io.bactrian.api;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The pages and what they need: a fixed list of class path resources, {@code pages.properties}.
 * Nothing else is ever read. Named {@code pages} by routes.
 */
public final class Pages {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "yaml", "application/yaml");

  private final Map<String, String> resources;
  private final Map<String, byte[]> read = new ConcurrentHashMap<>();

  Pages() {
    var list = new Properties();
    try (InputStream file = Pages.class.getResourceAsStream("/pages.properties")) {
      list.load(file);
    } catch (IOException e) {
      throw new IllegalStateException("pages.properties is in the jar", e);
    }
    resources =
        list.stringPropertyNames().stream()
            .collect(Collectors.toMap(path -> path, list::getProperty));
  }

  /** Answers a page; it may be kept by the browser but is asked for again. */
  public void answer(Exchange exchange) {
    String path = HttpCall.of(exchange).path();
    String resource = resources.get(path);
    if (resource == null) {
      throw Refusal.notFound("there is nothing at this path");
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, type(resource));
    message.setBody(Buffer.buffer(read.computeIfAbsent(resource, Pages::bytes)));
  }

  private static String type(String resource) {
    String ending = resource.substring(resource.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private static byte[] bytes(String resource) {
    try (InputStream content = Pages.class.getResourceAsStream("/" + resource)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(resource + " is in the jar", e);
    }
  }
}
