package io.bactrian.route;

import io.bactrian.csv.Chunk;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.csv.RangeReader;
import io.bactrian.json.Json;
import java.io.File;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A Splitter expression for any route: the body is a delimited file, the parts are its {@link
 * Chunk}s, which {@code unmarshal} with {@code maps} or {@code views} makes records of. Thread
 * safe.
 *
 * <p>Outside of a batch worker nothing is committed and nothing resumed.
 */
public final class CsvChunks {
  /** Exchange property with the dialect as a map; RFC 4180 where there is none. */
  public static final String DIALECT = CsvAnalyzer.DIALECT;

  private static final int MOST_RECORDS = 10_000;
  private static final long MOST_BYTES = 16 << 20;

  /**
   * The chunks of a file: at most 10,000 records or 16 MiB each.
   *
   * @throws io.bactrian.csv.CsvException if the file is not in the dialect
   */
  public Iterator<Chunk> of(Exchange exchange) {
    Object given = exchange.getProperty(DIALECT);
    Dialect dialect = given == null ? Dialect.rfc4180() : Dialect.fromMap(Json.toObject(given));
    Plan plan = Planner.plan(file(exchange), dialect);
    if (plan.recordCount() == 0) {
      return List.<Chunk>of().iterator();
    }
    RangeReader reader = RangeReader.open(plan, plan.range(1, plan.recordCount() + 1));
    exchange.getExchangeExtension().addOnCompletion(new CloseReader(reader));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return reader.hasNext();
      }

      @Override
      public Chunk next() {
        return reader
            .next(MOST_RECORDS, MOST_BYTES)
            .orElseThrow(() -> new NoSuchElementException("no chunk left"));
      }
    };
  }

  private static Path file(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof Path path) {
      return path;
    }
    if (body instanceof String path) {
      return Path.of(path);
    }
    File file = exchange.getMessage().getBody(File.class);
    if (file == null) {
      throw new IllegalArgumentException(
          "the body is no file; allowed: a path, a java.io.File, what a file endpoint gives");
    }
    return file.toPath();
  }

  /** Closes a reader when the exchange that reads has ended, however it did. */
  static final class CloseReader extends SynchronizationAdapter {
    private final RangeReader reader;

    CloseReader(RangeReader reader) {
      this.reader = reader;
    }

    @Override
    public void onDone(Exchange exchange) {
      reader.close();
    }
  }
}
