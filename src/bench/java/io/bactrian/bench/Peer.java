package io.bactrian.bench;

import java.nio.file.Path;

/** One way to answer the inventory query. */
interface Peer {

  /**
   * Loads classes and native parts, so that only the query is measured.
   *
   * @param file what will be read
   * @param records how many records it has
   */
  default void prepare(Path file, long records) throws Exception {}

  /**
   * Reads the whole file and answers.
   *
   * @param records how many there are; for peers that divide work by a number they are told
   */
  Figures run(Path file, long records) throws Exception;
}
