package io.bactrian.bench;

import io.bactrian.csv.PlannerSpeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark of the data plane: all ways on the same files, in turn, results compared. */
@Command(
    name = "bench csv",
    mixinStandardHelpOptions = true,
    description = "Measures the inventory job and its peers on the same generated files.")
public final class CsvBench implements Callable<Integer> {
  @Option(names = "--records", split = ",", description = "Sizes of the files, in records.")
  private List<Long> sizes = List.of(1_000_000L);

  @Option(names = "--rounds", description = "How often each way is measured. Default: 3.")
  private int rounds = 3;

  @Option(names = "--peers", split = ",", description = "Peers to measure. Default: all.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--ranges",
      split = ",",
      description = "Bactrian's ranges, each measured. Default: 2,5,20,200.")
  private List<Integer> ranges = List.of(2, 5, 20, 200);

  @Option(names = "--java25", description = "Home of a newer JDK, to measure vectors.")
  private Path newer = Path.of("");

  @Option(names = "--folder", description = "Where the files are kept. Default: target/bench.")
  private Path folder = Path.of("target", "bench");

  @Option(
      names = "--program",
      description = "The packaged folder that is measured. Default: target/bactrian.")
  private Path program = Path.of("target", "bactrian");

  /** Arguments: see {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CsvBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (peers.isEmpty()) {
      Peers.names().forEach(peers::add);
    }
    List<Way> ways = ways();
    System.out.println(Machine.line());
    for (long records : sizes) {
      Path file = ProductFile.of(folder.toAbsolutePath(), records);
      System.out.printf(
          "%n%,d records, %,d bytes, %d round%s: median (lowest-highest)%n",
          records, Files.size(file), rounds, rounds == 1 ? "" : "s");
      for (String line : PlannerSpeed.lines(file)) {
        System.out.println(line);
      }
      table(records, measure(ways, file, records));
    }
    return 0;
  }

  private List<Measured> measure(List<Way> ways, Path file, long records) throws Exception {
    var outcomes = new ArrayList<List<Child.Outcome>>();
    ways.forEach(way -> outcomes.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < ways.size(); i++) {
        outcomes.get(i).add(ways.get(i).measurement().run(file, records));
      }
    }
    Figures answer = outcomes.get(0).get(0).figures();
    var measured = new ArrayList<Measured>();
    for (int i = 0; i < ways.size(); i++) {
      for (Child.Outcome outcome : outcomes.get(i)) {
        if (!outcome.figures().equals(answer)) {
          throw new IllegalStateException(
              "%s answers %s, %s answers %s"
                  .formatted(ways.get(i).name(), outcome.figures(), ways.get(0).name(), answer));
        }
      }
      measured.add(measured(ways.get(i), outcomes.get(i)));
    }
    return measured;
  }

  private static Measured measured(Way way, List<Child.Outcome> outcomes) {
    return new Measured(
        way.name(),
        way.warm(),
        outcomes.stream().map(Child.Outcome::millis).toList(),
        outcomes.stream().map(Child.Outcome::wholeMillis).toList(),
        outcomes.stream().mapToLong(Child.Outcome::peakKib).max().orElse(-1),
        outcomes.stream()
            .map(Child.Outcome::checkpoints)
            .reduce(Checkpoints.NONE, Checkpoints::plus));
  }

  private List<Way> ways() throws IOException, InterruptedException {
    var ways = new Ways(folder.toAbsolutePath());
    peers.forEach(ways::peer);
    var shipped = new Launcher(program, Path.of(System.getProperty("java.home")));
    shipped.archiveClasses();
    ranges.forEach(count -> ways.bactrian(shipped, count, ""));
    if (!newer.toString().isEmpty()) {
      var vectors = new Launcher(program, newer);
      vectors.archiveClasses();
      String java = ", Java " + Machine.javaVersion(newer);
      ranges.forEach(count -> ways.bactrian(vectors, count, java));
    }
    return ways.all();
  }

  private static void table(long records, List<Measured> measured) {
    long cold = median(measured, Peers.DUCKDB);
    long warm = median(measured, Peers.DUCKDB + Peers.WARM);
    long springBatch = median(measured, Peers.SPRING_BATCH);
    System.out.println(Measured.HEAD);
    measured.forEach(
        way -> System.out.println(way.row(records, way.warm() ? warm : cold, springBatch)));
    share(measured, Peers.SCAN_ONLY, Ways.name(5));
    share(measured, Peers.SCAN_ONLY + Peers.WARM, "serving, " + Ways.name(5));
    for (Measured way : measured) {
      if (way.checkpoints().count() > 0) {
        System.out.printf("checkpoints of %s: %s%n", way.name(), way.checkpoints());
      }
    }
  }

  private static void share(List<Measured> measured, String scanned, String durable) {
    long scan = median(measured, scanned);
    long job = median(measured, durable);
    if (scan > 0 && job > 0) {
      System.out.printf(
          "durability's share, %s: %.1f %% (%d ms of %d)%n",
          durable, 100.0 * (job - scan) / job, job - scan, job);
    }
  }

  private static long median(List<Measured> measured, String name) {
    return measured.stream()
        .filter(way -> way.name().equals(name))
        .mapToLong(Measured::median)
        .findFirst()
        .orElse(0);
  }
}
