package io.bactrian.store;

import static io.bactrian.store.Demo.ANNA;

import io.bactrian.access.AuditTrail;
import io.bactrian.access.Principal;
import io.bactrian.access.Secret;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.Resolution;
import io.bactrian.task.TaskEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One call that is one commit and no part of a step's way: an operator's verb, what a node notes of
 * itself, who may act.
 *
 * @param fact what it makes true
 * @param name what is done
 * @param given what is there before
 * @param act the call
 */
public record Deed(Fact fact, String name, Consumer<Scene> given, Consumer<Scene> act) {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Secret SECRET = Secret.given("bk_key");
  private static final Secret SESSION = Secret.given("bk_session");
  private static final UUID READER = new UUID(0, 7);

  static List<Deed> all() {
    return List.of(
        new Deed(Fact.RETRY_BY_HAND, "retry", Scene::fail, s -> s.verbs.retry(s.task(), ANNA)),
        new Deed(
            Fact.RETRY_BY_HAND,
            "retry a step",
            Scene::fail,
            s -> s.verbs.retry(s.task(), "plan", ANNA)),
        new Deed(
            Fact.RESOLVE_BY_HAND,
            "resolve a step",
            Scene::fail,
            s -> s.verbs.resolve(s.task(), "plan", ANNA)),
        new Deed(
            Fact.RESOLVE_BY_HAND,
            "resolve a task",
            Scene::fail,
            s -> s.verbs.resolve(s.task(), ANNA)),
        new Deed(
            Fact.COMPLETE_BY_HAND,
            "complete a planning step",
            Scene::fail,
            s -> s.verbs.complete(s.task(), "plan", Map.of("workers", 3), ANNA)),
        new Deed(
            Fact.CANCEL,
            "cancel",
            s -> s.demo.claimWorkers(2, "continue_on_failure"),
            s -> s.verbs.cancel(s.task(), ANNA)),
        new Deed(Fact.PAUSE, "pause", s -> {}, s -> s.verbs.pause(s.task(), ANNA)),
        new Deed(
            Fact.UNPAUSE,
            "unpause",
            s -> s.verbs.pause(s.task(), ANNA),
            s -> s.verbs.unpause(s.task(), ANNA)),
        new Deed(
            Fact.CREATE_TASK, "rerun", s -> s.demo.workOff(), s -> s.verbs.rerun(s.task(), ANNA)),
        new Deed(
            Fact.PUT_DEAD_LETTER,
            "put a dead letter",
            s -> {},
            s -> s.demo.deadLetters.put(s.task(), ANNA)),
        new Deed(Fact.UPDATE_DEAD_LETTER, "update a dead letter", Scene::fail, Deed::settle),
        new Deed(
            Fact.SEE_INPUT,
            "see an input",
            Scene::claim,
            s -> s.inputs.seen(s.lease().stepUuid(), s.lease().epoch())),
        new Deed(
            Fact.MISS_INPUT,
            "miss an input",
            Scene::claim,
            s -> s.inputs.notSeen(s.lease(), "no file", false)),
        new Deed(
            Fact.ANNOUNCE_ROUTES,
            "announce routes",
            s -> {},
            s -> new NodeRouteTable(s.demo.database).announce(s.demo.node, Set.of("r/a", "r/b"))),
        new Deed(Fact.MEND_STUCK, "mend a gate", Scene::damage, s -> s.demo.watch.mendStuck()),
        new Deed(
            Fact.WATCH,
            "report a stale task",
            s -> s.demo.shift("2 hours"),
            s -> s.demo.watch.reportStale(HOUR)),
        new Deed(
            Fact.WATCH,
            "report a task that nobody serves",
            s -> s.demo.shift("2 hours"),
            s -> s.demo.watch.reportUnserved(HOUR)),
        new Deed(
            Fact.MOVE_CLOCK,
            "move the clock",
            s -> {},
            s -> new ClockTable(s.demo.database).move(MINUTE)),
        new Deed(Fact.TAKE_EVENTS, "take events", s -> {}, Deed::take),
        new Deed(Fact.HEAR_EVENT, "hear an event", Deed::take, Deed::hear),
        new Deed(
            Fact.LEAVE_EVENTS, "leave events", Deed::take, s -> s.events.leave("audit", READER)),
        new Deed(Fact.PRUNE_TASKS, "prune tasks", Deed::finish, s -> pruning(s).pruneSome()),
        new Deed(
            Fact.SWEEP_STEPS,
            "sweep the steps of pruned tasks",
            s -> {
              finish(s);
              pruning(s).pruneSome();
            },
            s -> pruning(s).pruneSome()),
        new Deed(
            Fact.SWEEP_PLANS,
            "sweep a plan that no step reads by",
            Deed::leaveAPlan,
            s -> pruning(s).pruneSome()),
        new Deed(Fact.CREATE_KEY, "create a key", s -> {}, Deed::createKey),
        new Deed(Fact.REVOKE_KEY, "revoke a key", Deed::createKey, s -> s.keys.revoke("anna")),
        new Deed(Fact.LOGIN, "log in", Deed::createKey, Deed::login),
        new Deed(
            Fact.LOGOUT,
            "log out",
            s -> {
              createKey(s);
              login(s);
            },
            s -> s.keys.logout(SESSION)),
        new Deed(
            Fact.AUDIT,
            "note who did what",
            s -> {},
            s ->
                new AuditTable(s.demo.database)
                    .note(new AuditTrail.Entry("anna", "cancel", "task", "why", true))));
  }

  /** What the deeds make true. */
  public static Set<Fact> facts() {
    return all().stream().map(Deed::fact).collect(Collectors.toSet());
  }

  private static void settle(Scene scene) {
    var all = new DeadLetters.Selection(Optional.empty(), Optional.empty(), Optional.empty(), 9);
    scene.demo.deadLetters.update(
        scene.demo.deadLetters.list(all).get(0).uuid(),
        new DeadLetters.Change(
            Optional.of(Resolution.MANUALLY_RESOLVED), Optional.of(9), Optional.of("seen")),
        ANNA);
  }

  private static void finish(Scene scene) {
    scene.demo.workOff();
    scene.demo.shift("2 hours");
  }

  private static Pruning pruning(Scene scene) {
    return new Pruning(scene.demo.database, new RetentionRules("", Optional.of(HOUR)));
  }

  private static void leaveAPlan(Scene scene) {
    scene.demo.damage(
        """
        insert into plans (path, size, head_crc, tail_crc, modified_nanos, dialect, header,
          record_count, data_start, data_end, longest_record, record_index)
        values ('/a', 1, 1, 1, 1, '{}', '[]', 0, 0, 0, 0, '')
        """);
  }

  private static void take(Scene scene) {
    scene.events.take("audit", TaskEvents.Start.FIRST, READER, MINUTE);
  }

  private static void hear(Scene scene) {
    scene.events.heard("audit", READER, scene.events.next("audit", 1).get(0), MINUTE);
  }

  private static void createKey(Scene scene) {
    var anna = new Principal("anna", Set.of("tasks:read"), Optional.empty());
    scene.keys.create(anna, SECRET, HOUR);
  }

  private static void login(Scene scene) {
    scene.keys.login(SESSION, scene.keys.find(SECRET).orElseThrow().uuid(), HOUR);
  }

  @Override
  public String toString() {
    return "%s (%s)".formatted(name, fact);
  }
}
