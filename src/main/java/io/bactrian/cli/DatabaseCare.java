package io.bactrian.cli;

import io.bactrian.access.AuditTrail;
import io.bactrian.store.DatabaseStatus;
import io.bactrian.task.Retention;

/** A database, as those see it who look after it. */
public interface DatabaseCare extends AutoCloseable {

  /** Whether it is the embedded one of a home. */
  boolean isEmbedded();

  /** How it is; the schema stays as it is. */
  DatabaseStatus status();

  /** Brings the schema up to date. */
  void migrate();

  /**
   * Its URL, as psql takes it.
   *
   * @param withPassword whether the password stands in it
   */
  String url(boolean withPassword);

  /** What is due to leave it; brings the schema up to date. */
  Retention retention();

  /** Where what is done by hand is noted; brings the schema up to date. */
  AuditTrail trail();

  @Override
  void close();
}
