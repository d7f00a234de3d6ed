package io.bactrian.faults;

import io.bactrian.store.Fact;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a node dies.
 *
 * @param fact at the first commit of this kind …
 * @param chunk … once this many chunks are about to commit (for a checkpoint: the chunk itself)
 * @param after after the commit, not before it
 */
record KillPoint(Fact fact, int chunk, boolean after) implements Comparable<KillPoint> {
  /** Facts that are made true only before the first chunk, or only at the end of a node. */
  private static final Set<Fact> ONCE =
      EnumSet.of(
          Fact.REGISTER_NODE,
          Fact.SHOW_PROCESS,
          Fact.KEEP_TEMPLATE,
          Fact.CREATE_TASK,
          Fact.KEEP_PLAN,
          Fact.ADOPT,
          Fact.RELEASE,
          Fact.BURY_NODE,
          Fact.RETRY_LATER);

  /** Facts that are made true again and again, whatever the steps do. */
  private static final Set<Fact> PERIODIC = EnumSet.of(Fact.RECLAIM, Fact.RETRY_DUE);

  /** Facts that follow from what steps do, or wait while a chunk commits. */
  private static final Set<Fact> OFTEN =
      EnumSet.of(Fact.BEAT, Fact.CLAIM, Fact.CHECKPOINT, Fact.COMPLETE, Fact.WAKE_NODES);

  /**
   * Facts whose kill points stand in another test, and where, or why there are none. Those of
   * {@link io.bactrian.store.Deed} have theirs in {@code AllOrNothingTest}.
   */
  static final Map<Fact, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry(Fact.MIGRATE, "EmbeddedServerTest"),
          Map.entry(Fact.BUILD_SERVER, "EmbeddedServerTest"),
          Map.entry(Fact.CREATE_DATABASE, "EmbeddedServerTest"),
          Map.entry(Fact.FAIL, "aFailureThatIsForGoodIsWrittenOnce"),
          Map.entry(Fact.END_OVERDUE, "aTaskPastItsTimeLimitEndsOnce"),
          Map.entry(Fact.ROUTE, "a transaction of a user's route: nothing of the engine in it"));

  static List<KillPoint> all(int chunks) {
    var points = new ArrayList<KillPoint>();
    for (Fact fact : ONCE) {
      add(points, fact, List.of(1));
    }
    for (Fact fact : PERIODIC) {
      add(points, fact, List.of(1, chunks / 2, chunks));
    }
    // A chunk that is about to commit holds its step: renewal waits for it, and ends with the last
    // two, which are side by side.
    add(points, Fact.RENEW, List.of(1, chunks / 2, chunks - 2));
    for (Fact fact : OFTEN) {
      add(points, fact, List.of(1, chunks / 2, chunks));
    }
    return points;
  }

  private static void add(List<KillPoint> points, Fact fact, List<Integer> moments) {
    for (int moment : moments) {
      points.add(new KillPoint(fact, moment, false));
      points.add(new KillPoint(fact, moment, true));
    }
  }

  boolean isPeriodic() {
    return PERIODIC.contains(fact);
  }

  boolean needsAFailure() {
    return fact == Fact.RETRY_LATER || fact == Fact.RETRY_DUE;
  }

  /** The form that {@link #parse} reads: {@code CHECKPOINT:4:after}. */
  String code() {
    return "%s:%d:%s".formatted(fact, chunk, after ? "after" : "before");
  }

  static KillPoint parse(String code) {
    String[] parts = code.split(":", 3);
    return new KillPoint(
        Fact.valueOf(parts[0]), Integer.parseInt(parts[1]), parts[2].equals("after"));
  }

  @Override
  public int compareTo(KillPoint other) {
    return fact.compareTo(other.fact);
  }

  @Override
  public String toString() {
    return "%s %s, chunk %d".formatted(after ? "after" : "before", fact, chunk);
  }
}
