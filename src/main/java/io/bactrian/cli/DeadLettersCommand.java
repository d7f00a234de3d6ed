package io.bactrian.cli;

import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.DeadLetters.Change;
import io.bactrian.task.DeadLetters.Selection;
import io.bactrian.task.DeadLetters.Stats;
import io.bactrian.task.Resolution;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dlq}: tasks that need a person. */
@Command(description = "Tasks that need a person.", mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {
  private final Engines engines;

  @Spec private CommandSpec spec;

  DeadLettersCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      description = "Lists entries: high priority first, then the oldest.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Place place,
      @Option(
              names = "--resolution",
              description = "Only these: ${COMPLETION-CANDIDATES}. Default: pending")
          @Nullable Resolution resolution,
      @Option(names = "--all", description = "Settled ones too.") boolean all,
      @Option(names = "--reason", description = "Only these: ${COMPLETION-CANDIDATES}")
          @Nullable DeadLetterReason reason,
      @Option(names = "--task", paramLabel = "TASK_UUID", description = "Only of this task.")
          @Nullable UUID task,
      @Option(names = "--limit", defaultValue = "50", description = "At most. Default: 50")
          int limit,
      @Option(names = "--json", description = "Print one JSON array.") boolean json) {
    Optional<Resolution> chosen = Optional.ofNullable(resolution);
    var selection =
        new Selection(
            all ? chosen : chosen.or(() -> Optional.of(Resolution.PENDING)),
            Optional.ofNullable(reason),
            Optional.ofNullable(task),
            limit);
    List<DeadLetter> letters = with(place, deadLetters -> deadLetters.list(selection));
    if (json) {
      Report.json(out(), letters.stream().map(l -> DeadLetterReport.map(l, false)).toList());
    } else {
      DeadLetterReport.table(Screen.of(spec), letters);
    }
    return ExitCode.COMPLETE;
  }

  @Command(
      name = "show",
      description = "Shows one entry with its snapshot.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Place place,
      @Parameters(paramLabel = "DEAD_LETTER_UUID", description = "The entry.") UUID uuid,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    DeadLetter letter =
        with(place, deadLetters -> deadLetters.find(uuid))
            .orElseThrow(() -> new NothingThere("there is no dead letter %s".formatted(uuid)));
    return print(letter, json);
  }

  @Command(
      name = "update",
      description = "Changes resolution or priority, or adds a note.",
      mixinStandardHelpOptions = true)
  int update(
      @Mixin Place place,
      @Mixin ByOptions by,
      @Parameters(paramLabel = "DEAD_LETTER_UUID", description = "The entry.") UUID uuid,
      @Option(names = "--resolution", description = "One of ${COMPLETION-CANDIDATES}")
          @Nullable Resolution resolution,
      @Option(names = "--priority", description = "Higher ones are listed first.")
          @Nullable Integer priority,
      @Option(names = "--note", description = "A line for its notes.") @Nullable String note,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    var change =
        new Change(
            Optional.ofNullable(resolution),
            Optional.ofNullable(priority),
            Optional.ofNullable(note));
    return print(with(place, letters -> letters.update(uuid, change, by.by())), json);
  }

  @Command(
      name = "put",
      description = "Puts a task among the dead letters; its state does not change.",
      mixinStandardHelpOptions = true)
  int put(
      @Mixin Place place,
      @Mixin ByOptions by,
      @Parameters(paramLabel = "TASK_UUID", description = "The task.") UUID task,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    return print(with(place, letters -> letters.put(task, by.by())), json);
  }

  @Command(name = "stats", description = "Counts the entries.", mixinStandardHelpOptions = true)
  int stats(
      @Mixin Place place,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    Stats stats = with(place, DeadLetters::stats);
    if (json) {
      var document = new LinkedHashMap<String, @Nullable Object>();
      document.put("by_resolution", words(stats.byResolution(), Resolution::word));
      document.put("pending_by_reason", words(stats.pendingByReason(), DeadLetterReason::word));
      document.put("oldest_pending", stats.oldestPending().map(Instant::toString).orElse(null));
      Report.json(out(), document);
      return ExitCode.COMPLETE;
    }
    if (stats.byResolution().isEmpty()) {
      out().println("no dead letters");
    }
    stats
        .byResolution()
        .forEach((resolution, count) -> out().printf("%-26s %d%n", resolution.word(), count));
    stats
        .pendingByReason()
        .forEach((reason, count) -> out().printf("pending %-26s %d%n", reason.word(), count));
    stats.oldestPending().ifPresent(at -> out().printf("oldest pending since %s%n", at));
    return ExitCode.COMPLETE;
  }

  private static <K> Map<String, Long> words(Map<K, Long> counts, Function<K, String> word) {
    var words = new LinkedHashMap<String, Long>();
    counts.forEach((key, count) -> words.put(word.apply(key), count));
    return words;
  }

  private int print(DeadLetter letter, boolean json) {
    if (json) {
      Report.json(out(), DeadLetterReport.map(letter, true));
    } else {
      DeadLetterReport.text(out(), letter);
    }
    return ExitCode.COMPLETE;
  }

  private <T> T with(Place place, Function<DeadLetters, T> work) {
    try (Client client = place.open(engines)) {
      return work.apply(client.deadLetters());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
