package io.bactrian.route;

import io.bactrian.csv.Chunk;
import io.bactrian.csv.RangeReader;
import io.bactrian.step.RunningStep;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Reads a range chunk by chunk as the Splitter asks; ends early when the run must end. */
final class ChunkIterator implements Iterator<Chunk> {
  private final RunningStep step;
  private final RangeReader reader;
  private final ChunkSize size;
  private final PartInWork part;

  ChunkIterator(RunningStep step, RangeReader reader, ChunkSize size) {
    this.step = step;
    this.reader = reader;
    this.size = size;
    this.part = new PartInWork(step);
  }

  @Override
  public boolean hasNext() {
    return !part.hasFailed() && !step.isEnding() && reader.hasNext();
  }

  @Override
  public Chunk next() {
    Chunk chunk =
        reader
            .next(size.next(), size.maxBytes())
            .orElseThrow(() -> new NoSuchElementException("no chunk left"));
    step.begin(chunk, List.of());
    part.begin();
    return chunk;
  }
}
