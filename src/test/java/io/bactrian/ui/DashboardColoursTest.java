package io.bactrian.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The colours are far enough apart, in light and dark. Contrast as WCAG 2.1 defines it:
 * https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio.
 */
final class DashboardColoursTest {
  /** For text (1.4.3, AA). */
  private static final double TEXT = 4.5;

  /** For what is no text and must be seen (1.4.11, AA). */
  private static final double SHAPE = 3;

  private static final List<String> STATES =
      List.of(
          "pending",
          "enqueued",
          "in_progress",
          "waiting_for_retry",
          "complete",
          "error",
          "resolved_manually",
          "cancelled");
  private static final Pattern TOKEN = Pattern.compile("--([a-z_-]+): (#[0-9a-f]{6});");

  /** Foreground, background, least contrast. */
  record Pair(String front, String back, double least) {}

  static Stream<Pair> pairs() {
    Stream<Pair> texts =
        Stream.of("ink", "muted", "accent", "accent-strong", "bad", "warn")
            .flatMap(
                front ->
                    Stream.of("surface", "ground", "raised")
                        .map(back -> new Pair(front, back, TEXT)));
    Stream<Pair> states =
        STATES.stream()
            .flatMap(
                state ->
                    Stream.of(
                        new Pair("text-" + state, "tint-" + state, TEXT),
                        new Pair("ink", "tint-" + state, TEXT),
                        new Pair("muted", "tint-" + state, TEXT),
                        new Pair("fill-" + state, "surface", SHAPE),
                        new Pair("on-fill", "fill-" + state, SHAPE)));
    Stream<Pair> others =
        Stream.of(
            new Pair("on-accent", "accent", TEXT),
            new Pair("on-accent", "accent-strong", TEXT),
            new Pair("surface", "ink", TEXT),
            new Pair("control", "surface", SHAPE),
            new Pair("focus", "surface", SHAPE),
            new Pair("focus", "ground", SHAPE),
            new Pair("straggler", "surface", SHAPE));
    return Stream.of(texts, states, others).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairCanBeToldApartInLightAndDark(Pair pair) throws IOException {
    for (String scheme : List.of(":root {", ":root[data-theme=\"dark\"] {")) {
      Map<String, String> tokens = tokens(scheme);
      assertThat(contrast(tokens, pair)).as("%s in %s", pair, scheme).isGreaterThan(pair.least());
    }
  }

  @Test
  void theDarkOfTheSystemAndTheDarkOfTheSwitchAreTheSame() throws IOException {
    assertThat(tokens("  :root:not([data-theme]) {"))
        .isEqualTo(tokens(":root[data-theme=\"dark\"] {"))
        .containsOnlyKeys(tokens(":root {").keySet());
  }

  @Test
  void contrastIsWhatTheStandardSays() {
    assertThat(contrast(luminance("#000000"), luminance("#ffffff"))).isEqualTo(21);
    assertThat(contrast(luminance("#777777"), luminance("#ffffff"))).isBetween(4.47, 4.49);
  }

  private static double contrast(Map<String, String> tokens, Pair pair) {
    String front = Objects.requireNonNull(tokens.get(pair.front()), pair.front());
    String back = Objects.requireNonNull(tokens.get(pair.back()), pair.back());
    return contrast(luminance(front), luminance(back));
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double share = (channel & 0xff) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static Map<String, String> tokens(String head) throws IOException {
    String css = Files.readString(Path.of("src/main/resources/ui/css/tokens.css"));
    int from = css.indexOf("\n" + head);
    assertThat(from).as(head).isNotNegative();
    var tokens = new LinkedHashMap<String, String>();
    TOKEN
        .matcher(css.substring(from, css.indexOf('}', from)))
        .results()
        .forEach(found -> tokens.put(found.group(1), found.group(2)));
    return tokens;
  }
}
