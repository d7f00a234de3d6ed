package io.bactrian.cli;

import java.net.URI;
import java.util.Optional;

/**
 * A serving node that is asked over HTTP.
 *
 * @param address its URL, without a path
 * @param key the API key, if one is given
 */
public record Server(URI address, Optional<String> key) {

  /** Without the key, so that no message ever has it. */
  @Override
  public String toString() {
    return address.toString();
  }
}
