package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.Test;

/** The step-type routes load in a plain Camel Main, as a user's own program would have them. */
final class StandardStepMainTest extends CamelMainTestSupport {

  @Override
  protected void configure(MainConfigurationProperties configuration) {
    configuration
        .withBasePackageScanEnabled(false)
        .withRoutesIncludePattern("file:routes/step-types/*.yaml,file:routes/inventory/*.yaml");
  }

  @Override
  protected void bindToRegistry(org.apache.camel.spi.Registry registry) {
    registry.bind("productAnalyzer", new Answering());
    registry.bind("productBatch", new Answering());
    registry.bind("inventorySummary", new Answering());
  }

  /** Stands for the handler beans. */
  public static final class Answering {
    public Map<String, Object> analyze() {
      return Map.of("planned", true);
    }

    public Map<String, Object> process(Object records) {
      return Map.of();
    }

    public Map<String, Object> summarize(Object fold, Object scenario) {
      return Map.of();
    }
  }

  @Test
  void shippedRoutesRunInAPlainCamelMain() {
    assertThat(template.requestBody("direct:analyze-csv", (Object) "x"))
        .isEqualTo(Map.of("planned", true));
    assertThat(
            context
                .getCamelContextExtension()
                .getContextPlugin(org.apache.camel.model.Model.class)
                .getRouteTemplateDefinitions())
        .extracting(org.apache.camel.model.RouteTemplateDefinition::getId)
        .contains(
            "standard", "batchable", "batch-worker", "batch-worker-chunk", "deferred-convergence");
  }
}
