package io.bactrian.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** Each inventory route alone, its bean replaced by one that remembers what it was called with. */
final class InventoryRoutesTest extends CamelTestSupport {
  private final List<Object> calls = new ArrayList<>();

  /** Stands for the three handler beans. */
  public final class Remembering {
    public Map<String, Object> analyze(@org.apache.camel.Body Object body) {
      calls.add(body);
      return Map.of("called", "analyze");
    }

    public Map<String, Object> process(
        @Body Object records, @ExchangeProperty("step") Object step) {
      calls.add(List.of(records, step));
      return Map.of("called", "process");
    }

    public Map<String, Object> summarize(Object fold, Object scenario) {
      calls.add(List.of(fold, scenario));
      return Map.of("called", "summarize");
    }
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    for (String bean : List.of("productAnalyzer", "productBatch", "inventorySummary")) {
      camel.getRegistry().bind(bean, new Remembering());
    }
    return camel;
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() throws Exception {
    for (String file : List.of("analyze-csv", "process-csv-batch", "aggregate-csv-results")) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              PluginHelper.getResourceLoader(context)
                  .resolveResource(
                      "file:"
                          + Path.of("routes/inventory", file + ".camel.yaml").toAbsolutePath()));
    }
    return new RoutesBuilder[0];
  }

  @Test
  void theAnalyzerIsAskedForThePlan() {
    assertThat(template.requestBody("direct:analyze-csv", Map.of("batch_size", 2)))
        .isEqualTo(Map.of("called", "analyze"));
    assertThat(calls).containsExactly(Map.of("batch_size", 2));
  }

  @Test
  void theBatchGetsRecordsAndStep() {
    assertThat(request("direct:process-csv-batch", List.of(Map.of("price", "1")), "step", "it"))
        .isEqualTo(Map.of("called", "process"));
    assertThat(calls).containsExactly(List.of(List.of(Map.of("price", "1")), "it"));
  }

  @Test
  void theSummaryGetsFoldAndScenario() {
    assertThat(request("direct:aggregate-csv-results", Map.of("n", 1), "scenario", "some"))
        .isEqualTo(Map.of("called", "summarize"));
    assertThat(calls).containsExactly(List.of(Map.of("n", 1), "some"));
  }

  @Test
  void theRoutesHaveTheIdsThatTemplatesCall() {
    assertThat(context.getRoutes())
        .extracting(org.apache.camel.Route::getRouteId)
        .containsExactlyInAnyOrder(
            "BatchProcessing::CsvAnalyzerHandler",
            "BatchProcessing::CsvBatchProcessorHandler",
            "BatchProcessing::CsvResultsAggregatorHandler");
  }

  private Object request(String uri, Object body, String property, Object value) {
    return template
        .request(
            uri,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.setProperty(property, value);
            })
        .getMessage()
        .getBody();
  }
}
