package io.bactrian.cli;

import io.bactrian.route.NeededColumns;
import io.bactrian.template.Catalog;
import io.bactrian.template.Loaded;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts what a command needs of Bactrian, and no more. */
public interface Engines extends AutoCloseable {

  /** The task templates of this process, checked against its routes and beans; no database. */
  List<Loaded> templates(Map<String, String> settings);

  /** The same as they are written, whether their handlers exist or not; no database, no Camel. */
  Catalog written(Map<String, String> settings);

  /** The columns that handlers which ship need of a file, by callable; no database, no Camel. */
  Map<String, NeededColumns> neededColumns(Map<String, String> settings);

  /** Reads one template file like a node would; no database. */
  Loaded validate(Map<String, String> settings, Path file);

  /** The database only: for commands that look and submit. */
  Engine client(Map<String, String> settings);

  /** A server over its REST API; nothing is asked yet. */
  ServerClient server(Server server);

  /** The database itself: its state, its schema, what is due to leave it. */
  DatabaseCare database(Map<String, String> settings);

  /** The database only: its API keys. */
  Access access(Map<String, String> settings);

  /**
   * A node that works.
   *
   * @param ownTasksOnly whether it works only for the tasks it is told to
   */
  Engine node(Map<String, String> settings, boolean ownTasksOnly);

  /**
   * Closes all that has been opened and is not closed yet. Of a node that is still starting only
   * the embedded server, which would outlive the process; nothing can be opened afterwards.
   */
  @Override
  void close();
}
