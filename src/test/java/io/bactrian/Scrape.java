package io.bactrian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code /metrics} of a node says at some moment. */
final class Scrape {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Map<String, Double> samples = new TreeMap<>();
  private final Set<String> families = new TreeSet<>();

  private Scrape(String text) {
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        families.add(line.split(" ", -1)[2]);
      } else if (!line.startsWith("#")) {
        int end = line.lastIndexOf(' ');
        samples.put(line.substring(0, end), Double.parseDouble(line.substring(end + 1)));
      }
    }
  }

  static Scrape of(URI api) {
    try {
      var request =
          HttpRequest.newBuilder(api.resolve("/metrics")).timeout(Duration.ofMinutes(1)).build();
      return new Scrape(HTTP.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The value of a series: {@code name} or {@code name{label="value",…}}. */
  double value(String series) {
    Double value = samples.get(series);
    if (value == null) {
      throw new AssertionError(series + " is not among " + samples.keySet());
    }
    return value;
  }

  /** The sum of all series of a name that have this label. */
  double sum(String name, String label) {
    return samples.entrySet().stream()
        .filter(e -> e.getKey().startsWith(name + "{") && e.getKey().contains(label))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The families; the maximum of a timer is part of the timer. */
  Set<String> families() {
    var names = new TreeSet<String>();
    families.forEach(name -> names.add(name.replaceFirst("_seconds_max$", "_seconds")));
    return names;
  }

  /** The names by which a query may ask. */
  Set<String> names() {
    var names = new TreeSet<String>();
    samples.keySet().forEach(series -> names.add(series.replaceFirst("\\{.*", "")));
    return names;
  }
}
