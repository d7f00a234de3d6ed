package io.bactrian.route;

import io.bactrian.csv.BadRecord;
import io.bactrian.csv.Chunk;
import io.bactrian.csv.CsvException;
import io.bactrian.csv.RecordView;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format of {@code rows: <record type>}: a chunk becomes a list of Java records, whose
 * components get the {@link RecordColumns columns} of their names.
 */
public final class RecordsFormat extends ServiceSupport implements DataFormat {
  private final RecordComponent[] components;
  private final Constructor<?> constructor;

  /**
   * @param type a record whose components are text, numbers, booleans, dates or enums
   */
  public RecordsFormat(Class<?> type) {
    this.components = type.getRecordComponents();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      this.constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type.getName() + " is no record", e);
    }
    for (RecordComponent component : components) {
      FieldType.of(component.getType());
    }
  }

  @Override
  public Object unmarshal(Exchange exchange, Object body) {
    if (!(body instanceof Chunk chunk)) {
      return body;
    }
    ChunkExchange.mark(exchange);
    int[] columns = columns(chunk);
    var records = new ArrayList<Object>(chunk.recordCount());
    for (RecordView view : chunk.views()) {
      records.add(record(chunk, view, columns));
    }
    return records;
  }

  private int[] columns(Chunk chunk) {
    List<String> names = chunk.header().stream().map(RecordColumns::plain).toList();
    return Arrays.stream(components)
        .mapToInt(
            component -> {
              int column = names.indexOf(RecordColumns.plain(component.getName()));
              if (column < 0) {
                throw new CsvException(
                    "%s: record 0 (the header) has no column for %s of %s; found: %s"
                        .formatted(
                            chunk.file(),
                            component.getName(),
                            constructor.getDeclaringClass().getName(),
                            String.join(", ", chunk.header())));
              }
              if (column != names.lastIndexOf(RecordColumns.plain(component.getName()))) {
                throw CsvException.ambiguous(
                    chunk.file(), RecordColumns.plain(component.getName()), names);
              }
              return column;
            })
        .toArray();
  }

  private Object record(Chunk chunk, RecordView view, int[] columns) {
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(chunk, view, columns[i], components[i].getType());
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new BadRecord(
          chunk.file(), view.ordinal(), view.offset(), String.valueOf(e.getCause()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(Chunk chunk, RecordView view, int column, Class<?> type) {
    String text = view.text(column);
    FieldType field = FieldType.of(type);
    try {
      return field.read(text, type);
    } catch (RuntimeException e) {
      throw BadRecord.field(
          chunk.file(),
          view.ordinal(),
          view.offset(),
          chunk.header().get(column),
          "'" + text + "'",
          field.allowed(type));
    }
  }

  @Override
  public Object unmarshal(Exchange exchange, InputStream stream) {
    throw new UnsupportedOperationException(
        "records are read from the chunks of a batch worker, not from streams");
  }

  @Override
  public void marshal(Exchange exchange, Object graph, OutputStream stream) {
    throw new UnsupportedOperationException(
        "records are read from the chunks of a batch worker; this format writes nothing");
  }
}
