package io.bactrian.template;

import java.util.regex.Pattern;

/** What names and versions look like; they become parts of route ids and endpoint URIs. */
final class Grammar {
  static final String NAME = "a letter, then up to 62 letters, digits, _ or -";
  static final String VERSION = "1 to 32 letters, digits, '.', '+' or '-'";
  private static final Pattern NAMES = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
  private static final Pattern VERSIONS = Pattern.compile("[0-9A-Za-z.+-]{1,32}");

  private Grammar() {}

  static boolean isName(String text) {
    return NAMES.matcher(text).matches();
  }

  static boolean isVersion(String text) {
    return VERSIONS.matcher(text).matches();
  }
}
