package io.bactrian.store;

import io.bactrian.access.AuditTrail;
import io.bactrian.task.By;
import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetters;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Dead letters; each change with a row of the audit trail in its own transaction. */
public final class AuditedDeadLetters implements DeadLetters {
  private final Database database;
  private final AuditTrail trail;
  private final DeadLetters letters;

  public AuditedDeadLetters(Database database, DeadLetters letters) {
    this.database = database;
    this.trail = new AuditTable(database);
    this.letters = letters;
  }

  @Override
  public List<DeadLetter> list(Selection selection) {
    return letters.list(selection);
  }

  @Override
  public Optional<DeadLetter> find(UUID uuid) {
    return letters.find(uuid);
  }

  @Override
  public DeadLetter put(UUID task, By by) {
    return noted("dlq put", task, by, () -> letters.put(task, by));
  }

  @Override
  public DeadLetter update(UUID uuid, Change change, By by) {
    return noted("dlq update", uuid, by, () -> letters.update(uuid, change, by));
  }

  @Override
  public Stats stats() {
    return letters.stats();
  }

  private DeadLetter noted(String verb, UUID target, By by, Supplier<DeadLetter> work) {
    return database.commit(
        Fact.AUDIT,
        () -> {
          DeadLetter letter = work.get();
          trail.note(new AuditTrail.Entry(by.actor(), verb, target.toString(), by.reason(), true));
          return letter;
        });
  }
}
