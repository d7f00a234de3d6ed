package io.bactrian.route;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.batch.KeyedQuery;
import io.bactrian.batch.KeyedRows;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.KeyedChunk;
import io.bactrian.step.PermanentFailure;
import io.bactrian.step.RunningStep;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of keys page by page as the Splitter asks, from the last committed key on; each
 * page is read before its transaction.
 */
final class KeyedChunks implements Iterator<List<Map<String, Object>>> {
  private static final int MOST_ROWS = 20_000;

  private final RunningStep step;
  private final KeyedRows rows;
  private final KeyedQuery query;
  private final ChunkSize size;
  private final String type;
  private final String to;
  private KeyedRows.From from;
  private boolean done;
  private boolean handedOut;
  private KeyedRows.@Nullable Page page;

  private KeyedChunks(RunningStep step, KeyedRows rows, KeyedQuery query, ChunkSize size) {
    this.step = step;
    this.rows = rows;
    this.query = query;
    this.size = size;
    Map<String, Object> cursor = BatchWorkerContext.from(step).cursor();
    this.type = String.valueOf(cursor.get(TableAnalyzer.KEY_TYPE));
    this.to = String.valueOf(cursor.get("end_cursor"));
    this.done = step.checkpoint().map(c -> c.cursor().isEmpty()).orElse(false);
    this.from =
        step.checkpoint()
            .flatMap(Checkpoint::cursor)
            .map(key -> new KeyedRows.From(String.valueOf(key), false))
            .orElseGet(() -> new KeyedRows.From(String.valueOf(cursor.get("start_cursor")), true));
  }

  /** Whether a worker's range is one of keys. */
  static boolean isKeyed(RunningStep step) {
    return step.inputs().get("cursor") instanceof Map<?, ?> cursor
        && cursor.containsKey(TableAnalyzer.KEY_TYPE);
  }

  /**
   * The pages still to be done.
   *
   * @param batchable the step that divided the query; its result says which it is
   */
  static KeyedChunks of(RunningStep step, KeyedRows rows, String batchable, ChunkSize size) {
    Object table =
        step.dependencyResults()
            .get(batchable)
            .map(result -> result.result().get(TableAnalyzer.TABLE))
            .orElse(null);
    if (!(table instanceof Map<?, ?> named)) {
      throw new PermanentFailure(
          "the result of %s has no %s; allowed: what tableAnalyzer answers"
              .formatted(batchable, TableAnalyzer.TABLE));
    }
    var query =
        new KeyedQuery(
            String.valueOf(named.get("query")),
            String.valueOf(named.get("key")),
            TableAnalyzer.parameters(step));
    return new KeyedChunks(step, rows, query, size);
  }

  /**
   * Reads ahead: a page without rows is none. Camel asks while the page before is in work, whose
   * checkpoint must not be taken for the end: then the next attempt finds the end.
   */
  @Override
  public boolean hasNext() {
    if (page != null) {
      return true;
    }
    if (done || step.isEnding()) {
      return false;
    }
    KeyedRows.Page read = rows.page(query, type, from, to, Math.min(size.next(), MOST_ROWS));
    if (read.rows().isEmpty()) {
      done = true;
      if (!handedOut) {
        step.begin(new KeyedChunk(from.key(), 0, true));
      }
      return false;
    }
    page = read;
    return true;
  }

  @Override
  public List<Map<String, Object>> next() {
    KeyedRows.Page next = page;
    if (next == null) {
      throw new NoSuchElementException("no page left");
    }
    page = null;
    handedOut = true;
    done = !next.more();
    from = new KeyedRows.From(next.last().orElse(from.key()), false);
    step.begin(new KeyedChunk(from.key(), next.rows().size(), done));
    return step.advancing(next.rows());
  }
}
