package io.bactrian.csv;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much a file may depart from RFC 4180 in its quotes. */
public enum Quotes {
  /** A quote inside an unquoted field and text after a closing quote are errors. */
  STRICT,
  /** A quote inside an unquoted field is text; text after a closing quote is an error. */
  STANDARD,
  /** Both are text. */
  LENIENT;

  /** The name that dialects use for it: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Quotes of(String key) {
    return Arrays.stream(values())
        .filter(quotes -> quotes.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "quotes is '%s'; allowed: %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(Quotes::key)
                                .collect(Collectors.joining(", ")))));
  }
}
