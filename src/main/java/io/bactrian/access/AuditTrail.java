package io.bactrian.access;

import java.time.Instant;
import java.util.List;

/** What people did, or tried to do. Thread safe. */
public interface AuditTrail {

  /** Makes true: the entry is kept. */
  void note(Entry entry);

  /** The newest entries before a number, newest first. */
  List<Kept> newest(long before, int limit);

  /**
   * One act.
   *
   * @param actor who
   * @param action which verb
   * @param target of what: a task, a step, a key
   * @param reason in the actor's words, may be empty
   * @param done whether it was done, else it was refused
   */
  record Entry(String actor, String action, String target, String reason, boolean done) {}

  /**
   * An entry as it is kept.
   *
   * @param number its place in the trail
   * @param at when
   * @param entry what
   */
  record Kept(long number, Instant at, Entry entry) {}
}
