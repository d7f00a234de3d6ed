package io.bactrian.cli;

import io.bactrian.access.AuditTrail;
import io.bactrian.access.KeyBook;

/** The keys of a database, as the commands see them. */
public interface Access extends AutoCloseable {

  KeyBook keys();

  AuditTrail trail();

  @Override
  void close();
}
