package io.bactrian.cli;

import io.bactrian.task.Attempt;
import io.bactrian.task.DeadLetter;
import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.Transition;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the command {@code task} tells beside a task itself.
 *
 * @param rerunOf the task it does again
 * @param failedAttempts attempts that failed, oldest first
 * @param transitions changes of state, oldest first
 * @param deadLetters its entries
 */
record History(
    Optional<UUID> rerunOf,
    List<Attempt> failedAttempts,
    List<Transition> transitions,
    List<DeadLetter> deadLetters) {
  private static final int STEPS = 30;
  private static final int LINES = 20;

  void text(Screen screen, List<Step> steps) {
    PrintWriter out = screen.out();
    rerunOf.ifPresent(old -> out.printf("rerun of %s%n", old));
    out.println();
    Report.steps(
        screen,
        steps.stream()
            .sorted(Comparator.comparing(step -> step.state().isDone()))
            .limit(STEPS)
            .toList());
    more(out, steps.size() - STEPS, "steps; see: ./bactrian steps");
    for (Attempt attempt : last(failedAttempts)) {
      out.printf(
          "%s  %s  attempt %d failed: %s%n",
          DeadLetterReport.seconds(attempt.endedAt()),
          attempt.step(),
          attempt.attempt(),
          attempt.error().orElse("no message"));
    }
    out.printf("%n");
    for (Transition transition : last(transitions)) {
      out.printf(
          "%s  %-24s  %s  %s: %s%n",
          DeadLetterReport.seconds(transition.at()),
          transition.step().isEmpty() ? "task" : transition.step(),
          transition.from().isEmpty()
              ? transition.to()
              : transition.from() + " -> " + transition.to(),
          transition.actor(),
          transition.reason());
    }
    for (DeadLetter letter : deadLetters) {
      out.printf(
          "dead letter %s: %s, %s%n",
          letter.uuid(), letter.reason().word(), letter.resolution().word());
    }
    out.flush();
  }

  /** That of a task that has been pruned. */
  static History of(Receipt receipt) {
    return new History(receipt.rerunOf(), List.of(), List.of(), List.of());
  }

  /** What only a receipt has. */
  static Map<String, @Nullable Object> receipt(Receipt receipt) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("pruned_at", receipt.prunedAt().toString());
    map.put("result_sha256", receipt.resultSha256().orElse(null));
    return map;
  }

  private static void more(PrintWriter out, int rest, String what) {
    if (rest > 0) {
      out.printf("and %d more %s%n", rest, what);
    }
  }

  private static <T> List<T> last(List<T> all) {
    return all.subList(Math.max(0, all.size() - LINES), all.size());
  }

  /** The same as further keys of the task's document. */
  Map<String, @Nullable Object> toMap() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("rerun_of", rerunOf.map(UUID::toString).orElse(null));
    map.put("failed_attempts", failedAttempts.stream().map(History::map).toList());
    map.put("transitions", transitions.stream().map(History::map).toList());
    map.put("dead_letters", deadLetters.stream().map(l -> DeadLetterReport.map(l, false)).toList());
    return map;
  }

  private static Map<String, @Nullable Object> map(Attempt attempt) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("step", attempt.step());
    map.put("attempt", attempt.attempt());
    map.put("node_uuid", attempt.node().toString());
    map.put("started_at", attempt.startedAt().toString());
    map.put("ended_at", attempt.endedAt().toString());
    map.put("error", attempt.error().orElse(null));
    return map;
  }

  private static Map<String, @Nullable Object> map(Transition transition) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("step", transition.step().isEmpty() ? null : transition.step());
    map.put("from", transition.from().isEmpty() ? null : transition.from());
    map.put("to", transition.to());
    map.put("at", transition.at().toString());
    map.put("actor", transition.actor());
    map.put("reason", transition.reason());
    return map;
  }
}
