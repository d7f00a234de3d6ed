package io.bactrian.template;

import java.util.Comparator;

/** Orders versions by their parts: numbers by value, anything else as text. */
enum VersionOrder implements Comparator<String> {
  BY_NUMBER;

  @Override
  public int compare(String a, String b) {
    String[] left = a.split("[.+-]", -1);
    String[] right = b.split("[.+-]", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = comparePart(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int comparePart(String a, String b) {
    if (isNumber(a) && isNumber(b)) {
      String left = a.replaceFirst("^0+", "");
      String right = b.replaceFirst("^0+", "");
      int length = Integer.compare(left.length(), right.length());
      return length != 0 ? length : left.compareTo(right);
    }
    return a.compareTo(b);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
