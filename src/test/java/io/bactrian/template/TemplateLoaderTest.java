package io.bactrian.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template says is what is read. */
final class TemplateLoaderTest {
  private final TemplateLoader loader = new TemplateLoader(new GoodTemplate());

  @Test
  void aGoodTemplateIsReadWhole() {
    TaskTemplate template = loader.load("demo.yaml", GoodTemplate.YAML).template();

    assertThat(template.reference()).isEqualTo("tests/demo@1.0.0");
    assertThat(template.maxDuration()).contains(Duration.ofMinutes(30));
    assertThat(template.steps())
        .extracting(StepTemplate::name)
        .containsExactly("plan", "work", "total", "tell");
    StepTemplate work = template.step("work").orElseThrow();
    assertThat(work.timeout()).contains(Duration.ofHours(2));
    assertThat(work.failureStrategy()).isEqualTo(FailureStrategy.CONTINUE_ON_FAILURE);
    assertThat(work.retry().maxAttempts()).isEqualTo(4);
    assertThat(work.retry().multiplier()).isEqualTo(2.5);
    StepTemplate tell = template.step("tell").orElseThrow();
    assertThat(tell.timeout()).contains(Duration.ofSeconds(7));
    assertThat(tell.failureStrategy()).isEqualTo(FailureStrategy.FAIL_FAST);
    assertThat(tell.retry())
        .isEqualTo(
            new RetryPolicy(
                true, 2, Backoff.LINEAR, Duration.ofMillis(100), 2, Duration.ofMillis(900)));
    assertThat(template.ancestors("tell")).containsExactlyInAnyOrder("total", "work", "plan");
    assertThat(template.batchableOf("work")).isEqualTo("plan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv_product_inventory_analyzer", "csv_product_inventory_analyzer_ruby"})
  void theShippedTemplatesLoad(String name) throws Exception {
    Path file = Path.of("fixtures/templates", name + ".yaml");

    Loaded loaded = loader.load(file);

    assertThat(loaded.template().name()).isEqualTo(name);
    assertThat(loaded.notes()).singleElement().asString().contains("task_handler has no effect");
    assertThat(loaded.template().contentHash())
        .isEqualTo(
            loader.load("copy", "# a comment\n" + Files.readString(file)).template().contentHash());
  }

  @Test
  void theLifecycleOfAStepIsAnotherSpellingOfTheSameStep() {
    String lifecycle =
        "lifecycle: {max_steps_in_process_minutes: 120, max_retries: 3, backoff_multiplier: 2.5}";
    String other = "timeout_seconds: 7200\n    retry: {max_attempts: 4, multiplier: 2.5}";

    StepTemplate step =
        loader.load("demo.yaml", GoodTemplate.YAML).template().step("work").orElseThrow();

    assertThat(GoodTemplate.YAML).contains(lifecycle);
    assertThat(
            loader
                .load("demo.yaml", GoodTemplate.YAML.replace(lifecycle, other))
                .template()
                .step("work"))
        .contains(step);
    assertThat(
            loader
                .load("demo.yaml", GoodTemplate.YAML.replace("    " + lifecycle, ""))
                .template()
                .step("work"))
        .isPresent()
        .get()
        .isNotEqualTo(step);
  }

  @Test
  void contextsAreCheckedWithTheirPaths() {
    TaskTemplate template = loader.load("demo.yaml", GoodTemplate.YAML).template();

    assertThat(InputSchema.problems(template.inputSchema().orElseThrow(), Map.of("file", "x")))
        .isEmpty();
    assertThat(InputSchema.problems(template.inputSchema().orElseThrow(), Map.of()))
        .singleElement()
        .asString()
        .contains("file");
  }
}
