package io.bactrian.store;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a PostgreSQL database is and how to log in.
 *
 * @param host host name or address
 * @param port TCP port
 * @param database database name
 * @param user role
 * @param password password, empty when none is needed
 * @param options further options of the JDBC driver, in the form {@code a=b&c=d}, empty when none
 */
public record DatabaseAddress(
    String host, int port, String database, String user, String password, String options) {
  private static final int POSTGRES_PORT = 5432;
  private static final String FORMS =
      "allowed: jdbc:postgresql://HOST:PORT/DATABASE?user=U&password=P or"
          + " postgresql://U:P@HOST:PORT/DATABASE (setting bactrian.database.url, environment"
          + " BACTRIAN_DATABASE_URL)";

  /**
   * Reads {@code jdbc:postgresql://…} or {@code postgresql://…} (libpq's form).
   *
   * @throws StoreException if it is neither
   */
  public static DatabaseAddress parse(String url) {
    URI uri;
    try {
      uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
    } catch (IllegalArgumentException e) {
      throw new StoreException("the database URL cannot be read; " + FORMS, e);
    }
    boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    String path = Objects.requireNonNullElse(uri.getPath(), "");
    if (!scheme || uri.getHost() == null || path.length() < 2) {
      throw new StoreException("the database URL cannot be read; " + FORMS);
    }
    Map<String, String> query = query(Objects.requireNonNullElse(uri.getRawQuery(), ""));
    String[] login = Objects.requireNonNullElse(uri.getRawUserInfo(), "").split(":", 2);
    String user = login[0].isEmpty() ? query.remove("user") : decode(login[0]);
    String password = login.length > 1 ? decode(login[1]) : query.remove("password");
    return new DatabaseAddress(
        uri.getHost(),
        uri.getPort() < 0 ? POSTGRES_PORT : uri.getPort(),
        path.substring(1),
        user == null ? System.getProperty("user.name", "postgres") : user,
        password == null ? "" : password,
        String.join("&", query.entrySet().stream().map(Object::toString).toList()));
  }

  /** The URL of the JDBC driver, without login. */
  public String jdbcUrl() {
    String url = "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    return options.isEmpty() ? url : url + "?" + options;
  }

  /** The URL that {@link #parse} reads, with login. */
  public String url() {
    String url =
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(encode(user), encode(password), host, port, database);
    return options.isEmpty() ? url : url + "?" + options;
  }

  /** The same without the password. */
  public String urlWithoutPassword() {
    return new DatabaseAddress(host, port, database, user, "", options)
        .url()
        .replaceFirst(":@", "@");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> query(String raw) {
    var options = new HashMap<String, String>();
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        options.put(part.substring(0, equals), decode(part.substring(equals + 1)));
      }
    }
    return options;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "%s:%d/%s (user %s)".formatted(host, port, database, user);
  }
}
