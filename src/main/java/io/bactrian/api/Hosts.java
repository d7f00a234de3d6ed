package io.bactrian.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names under which clients may ask for the API. On loopback any other name is refused: a page
 * elsewhere could have its own name point here.
 */
final class Hosts {
  private final Set<String> names = new TreeSet<>();
  private final boolean isOpen;

  /**
   * @param listening the address listened on
   * @param more names given by the settings; none off loopback = any name
   */
  Hosts(String listening, Set<String> more) {
    names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    names.add(listening.toLowerCase(Locale.ROOT));
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    isOpen = !isLoopback(listening) && more.isEmpty();
  }

  /** Whether only this machine can reach an address. */
  static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "setting bactrian.api.host is '%s'; allowed: an address of this machine"
              .formatted(address),
          e);
    }
  }

  /** Whether the value of a Host header may be asked for. */
  boolean allows(String host) {
    String name = host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
    return isOpen ? !name.isEmpty() : names.contains(name);
  }
}
