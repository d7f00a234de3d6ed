package io.bactrian.template;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the allowed name that a wrong one probably meant, by Levenshtein's edit distance. */
public final class Nearest {
  private static final int LISTED = 3;

  private Nearest() {}

  /** {@code "; did you mean 'x'?"}, or nothing when no name is near. */
  public static String hint(String found, Collection<String> names) {
    return of(found, names).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** The same, but where no name is near it lists those that are least far. */
  public static String names(String found, Collection<String> names) {
    String hint = hint(found, names);
    if (!hint.isEmpty() || names.isEmpty()) {
      return hint;
    }
    return names.stream()
        .sorted(byDistance(found))
        .limit(LISTED)
        .collect(Collectors.joining("', '", "; the nearest names are '", "'"));
  }

  /** The nearest name, when less than half of it would have to change. */
  public static Optional<String> of(String found, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(found, name) * 2 < Math.max(found.length(), name.length()))
        .min(byDistance(found));
  }

  private static Comparator<String> byDistance(String found) {
    return Comparator.comparingInt((String name) -> distance(found, name))
        .thenComparing(Comparator.naturalOrder());
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
