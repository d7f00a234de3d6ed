package io.bactrian.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds a record, which JMH calls an op: plan, walk views, read a field as text, as numbers.
 *
 * <p>Quick as it stands; {@code -f 3 -wi 5 -i 10} for figures to publish.
 */
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanBenchmark {
  private static final int RECORDS = 100_000;

  private @Nullable Path file;
  private @Nullable Plan plan;
  private final Scaled number = new Scaled();

  @Setup
  public void write() throws IOException {
    Path written = Files.createTempFile("scan", ".csv");
    var text = new StringBuilder("id,title,description,price,stock\n");
    for (int i = 1; i <= RECORDS; i++) {
      text.append(i).append(",\"Lamp, no. ").append(i * 7919L % 100_003).append("\",");
      text.append("made for every room of the house and for the garden,");
      text.append(i * 31L % 9_973).append('.').append(10 + i % 89).append(',').append(i % 500);
      text.append('\n');
    }
    Files.writeString(written, text, StandardCharsets.UTF_8);
    file = written;
    plan = Planner.plan(written, Dialect.rfc4180());
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(Objects.requireNonNull(file));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long scan() {
    return Planner.plan(Objects.requireNonNull(file), Dialect.rfc4180()).recordCount();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long walkViews() {
    return views(view -> view.fieldCount());
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long fieldAsText() {
    return views(view -> view.text(1).length());
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long fieldAsDecimal() {
    return views(
        view -> {
          view.decimal(3, number);
          return number.unscaled();
        });
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long fieldAsInteger() {
    return views(
        view -> {
          view.integer(4, number);
          return number.unscaled();
        });
  }

  private long views(ToLongFunction<RecordView> field) {
    long sum = 0;
    Plan planned = Objects.requireNonNull(plan);
    try (RangeReader reader = RangeReader.open(planned, planned.range(1, RECORDS + 1L))) {
      for (var chunk = reader.next(RECORDS, 64L << 20);
          chunk.isPresent();
          chunk = reader.next(RECORDS, 64L << 20)) {
        for (RecordView view : chunk.get().views()) {
          sum += field.applyAsLong(view);
        }
      }
    }
    return sum;
  }
}
