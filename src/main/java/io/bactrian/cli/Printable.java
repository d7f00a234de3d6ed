package io.bactrian.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Text from files and from others as it may go to a terminal: control characters are escaped. */
final class Printable {
  private Printable() {}

  /** One line: {@code \t}, {@code \n}, {@code \r} as such, other control characters by number. */
  static String of(String text) {
    return text.chars().anyMatch(Character::isISOControl)
        ? text.chars().mapToObj(Printable::shown).collect(Collectors.joining())
        : text;
  }

  /** Several lines: the same, but line feeds stay. */
  static String lines(String text) {
    return Arrays.stream(text.split("\n", -1)).map(Printable::of).collect(Collectors.joining("\n"));
  }

  private static String shown(int unit) {
    return switch (unit) {
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default ->
          Character.isISOControl(unit) ? "\\u%04x".formatted(unit) : Character.toString(unit);
    };
  }
}
