package io.bactrian.bench;

import java.nio.file.Path;

/** A peer whose process has answered the same query before. */
record Warmed(Peer peer) implements Peer {
  /** How often a process has done the same before it is measured, here as in a serving node. */
  static final int TIMES_BEFORE = 5;

  @Override
  public void prepare(Path file, long records) throws Exception {
    peer.prepare(file, records);
    for (int i = 0; i < TIMES_BEFORE; i++) {
      peer.run(file, records);
    }
  }

  @Override
  public Figures run(Path file, long records) throws Exception {
    return peer.run(file, records);
  }
}
