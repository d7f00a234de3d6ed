package io.bactrian.route;

import io.bactrian.csv.BadRecord;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.CsvException;
import io.bactrian.csv.CsvRecord;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Quotes;
import io.bactrian.step.RunningStep;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.commons.csv.CSVRecord;

/**
 * The data format {@code maps}: a chunk becomes a list of maps by column name, read by Camel's CSV
 * data format. A body that is no chunk stays as it is.
 *
 * <p>Without a header the columns are called {@code column_1}, {@code column_2} …
 */
public final class MapsFormat extends ServiceSupport implements DataFormat {
  @Override
  public Object unmarshal(Exchange exchange, Object body) throws Exception {
    if (!(body instanceof Chunk chunk)) {
      return body;
    }
    ChunkExchange.mark(exchange);
    List<?> records = read(exchange, chunk);
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    return step == null ? records : step.advancing(records);
  }

  private static List<?> read(Exchange exchange, Chunk chunk) throws Exception {
    List<String> header = chunk.header();
    checkNames(chunk, header);
    chunk.checkText();
    if (chunk.dialect().quotes() == Quotes.LENIENT) {
      return lenient(chunk, header);
    }
    exchange.setProperty(Exchange.CHARSET_NAME, chunk.dialect().charset().name());
    try (CsvDataFormat csv = format(chunk, header)) {
      ServiceHelper.startService(csv);
      Object records = csv.unmarshal(exchange, new ByteArrayInputStream(chunk.bytes()));
      if (records instanceof List<?> list && list.size() == chunk.recordCount()) {
        return list;
      }
      throw new IllegalStateException(
          "%s: the plan counts %d records from record %d on, camel-csv reads another number"
              .formatted(chunk.file(), chunk.recordCount(), chunk.firstOrdinal()));
    }
  }

  /** A map holds one field for each name: the others would be lost. */
  private static void checkNames(Chunk chunk, List<String> header) {
    var seen = new HashSet<String>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw CsvException.ambiguous(chunk.file(), name, header);
      }
    }
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream stream) {
    throw new UnsupportedOperationException("maps reads the chunks of a batch worker, not streams");
  }

  @Override
  public void marshal(Exchange exchange, Object graph, OutputStream stream) {
    throw new UnsupportedOperationException(
        "maps reads the chunks of a batch worker; it writes nothing");
  }

  private static CsvDataFormat format(Chunk chunk, List<String> header) {
    Dialect dialect = chunk.dialect();
    return new CsvDataFormat()
        .setDelimiter((char) dialect.delimiter())
        .setQuote(mark(dialect.quote()))
        .setQuoteDisabled(dialect.quote().isEmpty())
        .setEscape(mark(dialect.escape()))
        .setCommentMarker(mark(dialect.comment()))
        .setIgnoreEmptyLines(!dialect.keepBlankLines())
        .setRecordConverter(csvRecord -> map(chunk, header, csvRecord));
  }

  @SuppressWarnings("NullAway") // Camel's setters take null for: none.
  private static Character mark(OptionalInt mark) {
    return mark.isPresent() ? (char) mark.getAsInt() : null;
  }

  /** Camel's data format has no setting for text after a closing quote. */
  private static List<Map<String, Object>> lenient(Chunk chunk, List<String> header) {
    var maps = new ArrayList<Map<String, Object>>(chunk.recordCount());
    for (CsvRecord found : chunk.records()) {
      maps.add(map(chunk, header, maps.size(), found.fields()));
    }
    return maps;
  }

  private static Map<String, Object> map(Chunk chunk, List<String> header, CSVRecord found) {
    return map(chunk, header, (int) found.getRecordNumber() - 1, found.toList());
  }

  private static Map<String, Object> map(
      Chunk chunk, List<String> header, int index, List<String> found) {
    if (chunk.dialect().header() && found.size() != header.size()) {
      throw BadRecord.ragged(
          chunk.file(), chunk.firstOrdinal() + index, chunk.offsetOf(index), found.size(), header);
    }
    var map = new LinkedHashMap<String, Object>(found.size() * 2);
    for (int i = 0; i < found.size(); i++) {
      map.put(header.isEmpty() ? "column_" + (i + 1) : header.get(i), found.get(i));
    }
    return map;
  }
}
