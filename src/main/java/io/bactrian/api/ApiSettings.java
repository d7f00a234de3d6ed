package io.bactrian.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How the API listens and what it takes.
 *
 * @param host the address it listens on
 * @param port the port; 0 = any free one
 * @param hosts further names under which it may be asked for
 * @param isKeyAsked whether nobody comes in without a key, also on loopback
 * @param threads requests worked on at once
 * @param queue requests waiting for a thread at most; more are told to come back
 * @param maxBody bytes of a request's body at most
 * @param maxEnqueued steps that wait to be claimed, beyond which no task is taken
 * @param dataRoots where files named over HTTP must lie
 */
public record ApiSettings(
    String host,
    int port,
    Set<String> hosts,
    boolean isKeyAsked,
    int threads,
    int queue,
    int maxBody,
    int maxEnqueued,
    List<Path> dataRoots) {
  public ApiSettings {
    if (port > 65_535) {
      throw new IllegalArgumentException(
          "setting bactrian.api.port is %d; allowed: 0 to 65535, or nothing".formatted(port));
    }
    isKeyAsked = isKeyAsked || !Hosts.isLoopback(host);
    hosts = Set.copyOf(hosts);
    dataRoots = List.copyOf(dataRoots);
  }
}
