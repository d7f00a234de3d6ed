package io.bactrian.csv;

import java.nio.file.Path;

/** Plans files; {@link Planner#plan} does, and others may measure it. Thread safe. */
@FunctionalInterface
public interface Planning {
  /**
   * The plan of a file.
   *
   * @throws CsvException if the file cannot be read or is not in the dialect
   */
  Plan plan(Path file, Dialect dialect);
}
