package io.bactrian.route;

import io.bactrian.batch.Plans;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.CsvException;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Plan;
import io.bactrian.step.RunningStep;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
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
  private final Plans plans;

  public MapsFormat(Plans plans) {
    this.plans = plans;
  }

  @Override
  public Object unmarshal(Exchange exchange, Object body) throws Exception {
    if (!(body instanceof Chunk chunk)) {
      return body;
    }
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    List<String> header = plans.ofWorker(step.uuid()).map(Plan::header).orElse(List.of());
    chunk.checkText();
    exchange.setProperty(Exchange.CHARSET_NAME, chunk.dialect().charset().name());
    try (CsvDataFormat csv = format(chunk, header)) {
      ServiceHelper.startService(csv);
      Object records = csv.unmarshal(exchange, new ByteArrayInputStream(chunk.bytes()));
      if (records instanceof List<?> list && list.size() == chunk.recordCount()) {
        return records;
      }
      throw new IllegalStateException(
          "%s: the plan counts %d records from record %d on, camel-csv reads another number"
              .formatted(chunk.file(), chunk.recordCount(), chunk.firstOrdinal()));
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

  private static Map<String, Object> map(Chunk chunk, List<String> header, CSVRecord found) {
    int index = (int) found.getRecordNumber() - 1;
    if (chunk.dialect().header() && found.size() != header.size()) {
      throw CsvException.ragged(
          chunk.file(), chunk.firstOrdinal() + index, chunk.offsetOf(index), found.size(), header);
    }
    var map = new LinkedHashMap<String, Object>(found.size() * 2);
    for (int i = 0; i < found.size(); i++) {
      map.put(header.isEmpty() ? "column_" + (i + 1) : header.get(i), found.get(i));
    }
    return map;
  }
}
