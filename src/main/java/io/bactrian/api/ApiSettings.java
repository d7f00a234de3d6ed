package io.bactrian.api;

/**
 * How the API listens and what it takes.
 *
 * @param host the address it listens on
 * @param port the port; 0 = any free one
 * @param threads requests worked on at once
 * @param queue requests waiting for a thread at most; more are told to come back
 * @param maxBody bytes of a request's body at most
 */
public record ApiSettings(String host, int port, int threads, int queue, int maxBody) {
  public ApiSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "setting bactrian.api.port is %d; allowed: 0 to 65535, or nothing".formatted(port));
    }
  }
}
