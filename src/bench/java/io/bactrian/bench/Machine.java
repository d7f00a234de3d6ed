package io.bactrian.bench;

import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What figures were measured on. */
final class Machine {
  private Machine() {}

  /** One line: processors, system, Java, load now. */
  static String line() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double load = system.getSystemLoadAverage();
    return "%d processors, %s %s, Java %s, load average %s at the start"
        .formatted(
            system.getAvailableProcessors(),
            system.getName(),
            system.getArch(),
            javaVersion(Path.of(System.getProperty("java.home"))),
            load < 0 ? "unknown" : "%.2f".formatted(load));
  }

  /** The version of the Java of a home, as its {@code release} file tells it. */
  static String javaVersion(Path javaHome) {
    var release = new Properties();
    try (Reader reader = Files.newBufferedReader(javaHome.resolve("release"))) {
      release.load(reader);
    } catch (IOException e) {
      return "of an unknown version";
    }
    return release.getProperty("JAVA_VERSION", "of an unknown version").replace("\"", "");
  }
}
