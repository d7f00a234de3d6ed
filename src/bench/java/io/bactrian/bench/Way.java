package io.bactrian.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One way to the answer.
 *
 * @param name what the table calls it
 * @param warm whether its process has done the same before it is measured
 * @param measurement runs it once
 */
record Way(String name, boolean warm, Measurement measurement) {

  /** Runs once. */
  @FunctionalInterface
  interface Measurement {
    Child.Outcome run(Path file, long records) throws IOException, InterruptedException;
  }
}
