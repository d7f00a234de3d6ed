package io.bactrian.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is measured, in its order. */
final class Ways {
  private final Path folder;
  private final Child child = new Child();
  private final List<Way> ways = new ArrayList<>();

  /**
   * No way yet.
   *
   * @param folder where the files are kept, absolute
   */
  Ways(Path folder) {
    this.folder = folder;
  }

  List<Way> all() {
    return List.copyOf(ways);
  }

  void peer(String name) {
    boolean warm = name.endsWith(Peers.WARM);
    ways.add(new Way(name, warm, (file, records) -> child.peer(name, file, records)));
  }

  /** Bactrian with so many ranges: the first job of a process, and a job of a node that serves. */
  void bactrian(Launcher launcher, int ranges, String java) {
    ways.add(new Way(name(ranges) + java, false, (file, records) -> fresh(launcher, ranges, file)));
    ways.add(
        new Way(
            "serving, " + name(ranges) + java,
            true,
            (file, records) -> serving(launcher, ranges, file)));
  }

  static String name(int ranges) {
    return "bactrian, %d range%s".formatted(ranges, ranges == 1 ? "" : "s");
  }

  private Child.Outcome fresh(Launcher launcher, int ranges, Path file)
      throws IOException, InterruptedException {
    try (var home = new BenchHome(folder, ranges)) {
      child.bactrian(launcher, home.job(ProductFile.of(folder, 1)), home.path());
      return child.bactrian(launcher, home.job(file), home.path());
    }
  }

  private Child.Outcome serving(Launcher launcher, int ranges, Path file)
      throws IOException, InterruptedException {
    try (var home = new BenchHome(folder, ranges);
        var node = ServingNode.start(launcher, home.path(), folder)) {
      for (int i = 0; i < Warmed.TIMES_BEFORE; i++) {
        node.job(file);
      }
      return node.job(file);
    }
  }
}
