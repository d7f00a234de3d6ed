package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.GivenResults;
import io.bactrian.step.StepError;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two routes of a batch worker alone, the beans they name replaced. */
final class BatchWorkerRoutesTest {
  private static final String TEMPLATE =
      """
      name: demo
      namespace_name: t
      version: "1"
      steps:
        - {name: plan, type: batchable, handler: {callable: "log:plan"}}
        - {name: work, type: batch_worker, dependencies: [plan], handler: {callable: handler}}
      """;

  private final Harness harness = new Harness(new GivenResults(List.of()));
  private final List<String> events = new ArrayList<>();

  @AfterEach
  void close() {
    harness.close();
  }

  /** The Splitter's expression. */
  public static final class Three {
    public Iterator<String> of() {
      return List.of("a", "b", "c").iterator();
    }
  }

  /** The same, but there is no stack for the second. */
  public static final class TooDeep {
    public Iterator<String> of() {
      Iterator<String> chunks = new Three().of();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return true;
        }

        @Override
        public String next() {
          String chunk = chunks.next();
          if (chunk.equals("b")) {
            throw new StackOverflowError("too deep");
          }
          return chunk;
        }
      };
    }
  }

  /** Stands for the beans after the handler. */
  public final class Writer {
    public void save(Exchange exchange) {
      events.add("checkpoint " + exchange.getMessage().getBody());
    }

    public Map<String, Object> result() {
      return Map.of("events", events.size());
    }
  }

  @Test
  void eachChunkIsATransactionOfItsOwnAndTheResultIsThePartial() throws Exception {
    start("none");
    harness.run("work", 1, 0);

    assertThat(events)
        .containsExactly(
            "begin",
            "handler A",
            "checkpoint {chunk=A}",
            "commit",
            "begin",
            "handler B",
            "checkpoint {chunk=B}",
            "commit",
            "begin",
            "handler C",
            "checkpoint {chunk=C}",
            "commit");
    assertThat(harness.completed).containsExactly(Map.of("events", 12));
  }

  @Test
  void aFailedChunkRollsBackAloneAndEndsTheRange() throws Exception {
    start("B");
    harness.run("work", 1, 0);

    assertThat(events)
        .containsExactly(
            "begin",
            "handler A",
            "checkpoint {chunk=A}",
            "commit",
            "begin",
            "handler B",
            "rollback");
    assertThat(harness.completed).isEmpty();
    assertThat(harness.failures).extracting(StepError::message).containsExactly("not B");
  }

  /** As when a chunk needs more memory than there is: the next attempt takes fewer records. */
  @Test
  void anErrorBesideTheHandlerIsAFailedAttemptThatIsTriedAgain() throws Exception {
    harness.camel.getRegistry().bind("chunks", new TooDeep());
    start("none");
    harness.run("work", 1, 0);

    assertThat(events).containsExactly("begin", "handler A", "checkpoint {chunk=A}", "commit");
    assertThat(harness.failures)
        .containsExactly(new StepError("StackOverflowError", "too deep", true));
    InflightRepository inflight = harness.camel.getInflightRepository();
    assertThat(inflight.size()).as("what a drain waits for").isZero();
    assertThat(inflight.size("t/demo/1/work")).isZero();
  }

  private void start(String bad) throws Exception {
    if (harness.camel.getRegistry().lookupByName("chunks") == null) {
      harness.camel.getRegistry().bind("chunks", new Three());
    }
    harness.camel.getRegistry().bind("maps", new UpperCase());
    harness.camel.getRegistry().bind("checkpoint", new Writer());
    harness.camel.getRegistry().bind("partial", new Writer());
    harness
        .camel
        .getRegistry()
        .bind("PROPAGATION_REQUIRED", new SpringTransactionPolicy(new NotedTransactions(events)));
    harness.camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:handler")
                .routeId("handler")
                .process(
                    exchange -> {
                      String chunk = exchange.getMessage().getBody(String.class);
                      events.add("handler " + chunk);
                      if (chunk.equals(bad)) {
                        throw new IllegalStateException("not " + chunk);
                      }
                      exchange.getMessage().setBody(Map.of("chunk", chunk));
                    });
          }
        });
    harness.start(
        TEMPLATE,
        "engine/errors.camel.yaml",
        "step-types/batchable.camel.yaml",
        "step-types/batch-worker.camel.yaml",
        "step-types/batch-worker-chunk.camel.yaml");
  }

  /** The data format. */
  public static final class UpperCase extends ServiceSupport implements DataFormat {
    @Override
    public Object unmarshal(Exchange exchange, Object body) {
      return String.valueOf(body).toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) {
      throw new IllegalStateException("a chunk is no stream");
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
      throw new IllegalStateException("nothing is written");
    }
  }
}
