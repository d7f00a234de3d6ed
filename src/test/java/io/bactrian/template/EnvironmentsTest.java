package io.bactrian.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a template says for one environment. */
final class EnvironmentsTest {
  private static final String TEMPLATE =
      """
      name: t
      namespace_name: n
      version: "1"
      tags: [all]
      lifecycle: {max_duration_minutes: 10}
      steps:
        - name: a
          timeout_seconds: 5
          retry: {max_attempts: 3, backoff_base_ms: 100}
          handler: {callable: h, initialization: {size: 1, folder: in}}
        - {name: b, dependencies: [a], handler: {callable: h}}
      environments:
        production:
          identity_strategy: strict
          tags: [prod]
          lifecycle: {max_duration_minutes: 60}
          steps:
            - name: a
              timeout_seconds: 50
              retry: {max_attempts: 9}
              handler: {initialization: {size: 100}}
        empty: {}
      """;

  private static final String BATCH =
      """
      name: t
      namespace_name: n
      version: "1"
      steps:
        - {name: plan, type: batchable, handler: {callable: h}}
        - name: work
          type: batch_worker
          dependencies: [plan]
          rows: maps
          max_parallel: 1
          checkpoint: {interval: 5}
          handler: {callable: h}
      environments:
        production:
          steps:
            - name: work
              rows: views
              max_parallel: 4
              failure_strategy: fail_fast
              on_no_batches: placeholder
              on_bad_row: reject
              max_rejects: 0.5%
              checkpoint: {interval: 50}
      """;

  @Test
  void withoutAnEnvironmentTheTemplateIsWhatItSaysForAll() {
    for (String environment : new String[] {"", "empty", "elsewhere"}) {
      TaskTemplate template = load(environment, TEMPLATE);
      assertThat(template.step("a").orElseThrow().timeout()).contains(Duration.ofSeconds(5));
      assertThat(template.identityStrategy()).isEqualTo(IdentityStrategy.ALWAYS_UNIQUE);
    }
  }

  @Test
  void anEnvironmentSaysOtherwiseKeyByKey() {
    TaskTemplate template = load("production", TEMPLATE);

    StepTemplate a = template.step("a").orElseThrow();
    assertThat(a.timeout()).contains(Duration.ofSeconds(50));
    assertThat(a.retry().maxAttempts()).isEqualTo(9);
    assertThat(a.retry().base()).as("said for all").isEqualTo(Duration.ofMillis(100));
    assertThat(a.initialization()).isEqualTo(Map.of("size", 100, "folder", "in"));
    assertThat(a.callable()).isEqualTo("h");
    assertThat(template.step("b").orElseThrow().dependencies()).containsExactly("a");
    assertThat(template.maxDuration()).contains(Duration.ofHours(1));
    assertThat(template.rules()).isEqualTo(new TaskRules(IdentityStrategy.STRICT, List.of("prod")));
    assertThat(template.contentHash())
        .as("the content is the file's, in every environment")
        .isEqualTo(load("", TEMPLATE).contentHash());
  }

  @Test
  void anEnvironmentMaySayAllThatABatchWorkerHas() {
    TaskTemplate template = load("production", BATCH);

    StepTemplate work = template.step("work").orElseThrow();
    assertThat(work.failureStrategy()).isEqualTo(FailureStrategy.FAIL_FAST);
    assertThat(work.worker())
        .isEqualTo(
            new WorkerRules(
                new CheckpointRule.Interval(50),
                WorkerRules.VIEWS,
                Optional.of(4),
                true,
                new BadRowRule.Reject(Optional.of(new MaxRejects.Share(new BigDecimal("0.5"))))));
    assertThat(load("", BATCH).step("work").orElseThrow().worker())
        .isEqualTo(
            new WorkerRules(new CheckpointRule.Interval(5), WorkerRules.MAPS, Optional.of(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max_attempts: 9 | max_attempts: 0 | step, retry: max_attempts is 0
          timeout_seconds: 50 | dependencies: [b] | environment production, step: unknown key 'dependencies'
          identity_strategy: strict | name: other | environment production: unknown key 'name'
          production: | 4production: | environments: name '4production'
          empty: {} | empty: 7 | environment empty is '7'; allowed: a mapping
          """)
  void anErrorInAnyEnvironmentIsAnErrorOfTheFile(String good, String bad, String message) {
    String used = TEMPLATE.replace(good, bad);

    assertThat(used).isNotEqualTo(TEMPLATE);
    TemplateException failure = catchThrowableOfType(TemplateException.class, () -> load("", used));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).contains(message);
  }

  @Test
  void aStepThatIsNoneIsNamedWithTheNearest() {
    String yaml = TEMPLATE.replaceFirst("(?s)(environments.*)- name: a", "$1- name: bb");

    TemplateException failure = catchThrowableOfType(TemplateException.class, () -> load("", yaml));

    assertThat(failure.getMessage()).contains("environment production: 'bb' is no step");
  }

  private static TaskTemplate load(String environment, String yaml) {
    return new TemplateLoader(new TestHandlers(), environment).load("t.yaml", yaml).template();
  }
}
