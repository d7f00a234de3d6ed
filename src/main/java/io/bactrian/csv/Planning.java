package io.bactrian.csv;

import java.nio.file.Path;

/** Plans files; {@link Planner#plan} does, and others may measure it. Thread safe. */
@FunctionalInterface
public interface Planning {
  /**
   * The plan of a file.
   *
   * @throws CsvException if it is no file that may be read, or not in the dialect
   * @throws CsvReadException if reading fails
   */
  Plan plan(Path file, Dialect dialect);
}
