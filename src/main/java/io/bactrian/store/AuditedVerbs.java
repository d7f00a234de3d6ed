package io.bactrian.store;

import io.bactrian.access.AuditTrail;
import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.Operations;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** An operator's verbs, each with a row of the audit trail in its own transaction. */
public final class AuditedVerbs implements Operations {
  private final Database database;
  private final AuditTrail trail;
  private final Operations verbs;

  public AuditedVerbs(Database database, Operations verbs) {
    this.database = database;
    this.trail = new AuditTable(database);
    this.verbs = verbs;
  }

  @Override
  public Effect retry(UUID task, By by) {
    return noted("retry", task.toString(), by, () -> verbs.retry(task, by));
  }

  @Override
  public Effect retry(UUID task, String step, By by) {
    return noted("retry step", of(task, step), by, () -> verbs.retry(task, step, by));
  }

  @Override
  public Effect resolve(UUID task, String step, By by) {
    return noted("resolve step", of(task, step), by, () -> verbs.resolve(task, step, by));
  }

  @Override
  public Effect resolve(UUID task, By by) {
    return noted("resolve", task.toString(), by, () -> verbs.resolve(task, by));
  }

  @Override
  public Effect complete(UUID task, String step, Map<String, Object> result, By by) {
    return noted("complete step", of(task, step), by, () -> verbs.complete(task, step, result, by));
  }

  @Override
  public Effect cancel(UUID task, By by) {
    return noted("cancel", task.toString(), by, () -> verbs.cancel(task, by));
  }

  @Override
  public Effect pause(UUID task, By by) {
    return noted("pause", task.toString(), by, () -> verbs.pause(task, by));
  }

  @Override
  public Effect unpause(UUID task, By by) {
    return noted("unpause", task.toString(), by, () -> verbs.unpause(task, by));
  }

  @Override
  public Effect rerun(UUID task, By by) {
    return noted("rerun", task.toString(), by, () -> verbs.rerun(task, by));
  }

  private static String of(UUID task, String step) {
    return task + "/" + step;
  }

  private Effect noted(String verb, String target, By by, Supplier<Effect> work) {
    return database.commit(
        Fact.AUDIT,
        () -> {
          Effect effect = work.get();
          trail.note(new AuditTrail.Entry(by.actor(), verb, target, by.reason(), true));
          return effect;
        });
  }
}
