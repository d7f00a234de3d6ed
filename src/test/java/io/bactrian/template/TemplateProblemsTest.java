package io.bactrian.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a template is said with its place and what is allowed. */
final class TemplateProblemsTest {
  private final TemplateLoader loader = new TemplateLoader(new GoodTemplate());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: demo | nme: demo | demo.yaml:1:1: template: unknown key 'nme'; did you mean 'name'?; allowed: name,
          name: demo | name: 4demo | demo.yaml:1:7: template: name is '4demo'; allowed: a letter,
          version: "1.0.0" | version: "1 0" | demo.yaml:3:10: template: version is '1 0'; allowed: 1 to 32
          namespace_name: tests | namespace_name: tests\\nname: again | demo.yaml:3:1: key 'name' stands twice, first in line 1
          type: batchable | type: batchabel | demo.yaml:8:11: step: type is 'batchabel'; did you mean 'batchable'?
          batch_size: 200 | batch_size: 0 | demo.yaml:9:63: initialization: batch_size is 0; allowed: a whole number of at least 1
          max_workers: 5 | max_workers: many | demo.yaml:9:81: initialization: max_workers is 'many'; allowed: a whole number
          callable: worker | callable: wroker | demo.yaml:14:25: step 'work': handler 'wroker' is unknown; did you mean 'worker'?
          callable: worker | callable: twice | demo.yaml:14:25: step 'work': handler 'twice' is a route id and a bean; allowed: one of them
          fold: sums | fold: sum | demo.yaml:18:55: step 'total': fold 'sum' is no AggregationStrategy bean; did you mean 'sums'?
          dependencies: [plan] | dependencies: [plann] | demo.yaml:12:20: step 'work' depends on 'plann', which is no step; did you mean 'plan'?
          dependencies: [plan] | dependencies: [] | demo.yaml:10:11: batch_worker 'work' depends on 0 batchable steps; allowed: exactly one
          dependencies: [work] | dependencies: [plan] | demo.yaml:15:11: deferred_convergence 'total' depends on no batch_worker
          dependencies: [plan] | dependencies: [plan, tell] | circular dependencies: work -> tell -> total -> work
          depends_on: [total] | depends_on: [total]\\n    dependencies: [work] | say the same thing differently
          name: tell | name: work_001 | demo.yaml:19:11: step 'work_001' looks like an instance of worker template 'work'
          - name: tell | - name: tell\\n    type: decision | demo.yaml:19:11: decision 'tell' has no step that depends on it; allowed: at least one
          name: tell | name: plan | demo.yaml:19:11: step 'plan' stands twice, first in line 7
          timeout_seconds: 7 | timeout_seconds: 7\\n    lifecycle: {max_steps_in_process_minutes: 1} | timeout_seconds (line 21) and max_steps_in_process_minutes (line 22) say the same thing differently: 7 and 60
          max_attempts: 2 | max_attempts: 0 | demo.yaml:22:27: step, retry: max_attempts is 0; allowed: a whole number of at least 1
          max_backoff_ms: 900 | max_backoff_ms: 90 | retry: backoff_base_ms is 100; allowed: at most max_backoff_ms, 90
          backoff: linear | backoff: linear, multiplier: 2 | retry: a multiplier with backoff 'linear'; allowed: only with exponential
          name: demo | name: demo\\nretention: {days: 0} | retention: days is 0; allowed: a whole number of at least 1
          name: demo | name: demo\\nretention: {days: always} | retention: days is 'always'; allowed: a whole number of at least 1, or forever
          name: demo | name: demo\\nretention: {} | template, retention: key 'days' is missing
          timeout_seconds: 7 | max_rejects: 7 | demo.yaml:21:18: step: 'max_rejects' on a step of type standard; allowed: only on a batch_worker
          timeout_seconds: 7 | on_bad_row: reject | 'on_bad_row' on a step of type standard; allowed: only on a batch_worker
          dependencies: [plan] | dependencies: [plan]\\n    on_bad_row: rejct | on_bad_row is 'rejct'; did you mean 'reject'?; allowed: fail, reject
          dependencies: [plan] | dependencies: [plan]\\n    max_rejects: 7 | 'max_rejects' without on_bad_row: reject; allowed: only with it
          dependencies: [plan] | dependencies: [plan]\\n    on_bad_row: reject\\n    max_rejects: -1 | max_rejects is '-1'; allowed: a whole number of at least 0, or a share of the task's records such as "0.1%"
          dependencies: [plan] | dependencies: [plan]\\n    on_bad_row: reject\\n    max_rejects: 100.1% | max_rejects is '100.1%'; allowed:
          dependencies: [plan] | dependencies: [plan]\\n    on_bad_row: reject\\n    max_rejects: [5] | max_rejects is a list; allowed:
          timeout_seconds: 7 | max_parallel: 7 | demo.yaml:21:19: step: 'max_parallel' on a step of type standard; allowed: only on a batch_worker
          dependencies: [plan] | dependencies: [plan]\\n    max_parallel: 0 | max_parallel is 0; allowed: a whole number of at least 1
          timeout_seconds: 7 | rows: views | 'rows' on a step of type standard; allowed: only on a batch_worker
          dependencies: [plan] | dependencies: [plan]\\n    rows: view | rows is 'view'
          dependencies: [plan] | dependencies: [plan]\\n    checkpoint: {every: 1s, interval: 5} | every and interval; allowed: one of the two
          dependencies: [plan] | dependencies: [plan]\\n    checkpoint: {every: soon} | every is 'soon'; allowed: a time such as 500ms, 1s, 2m
          dependencies: [plan] | dependencies: [plan]\\n    checkpoint: {} | neither every nor interval; allowed: one of them
          failure_strategy: fail_fast | failure_strategy: fail_slow | demo.yaml:24:23: step: failure_strategy is 'fail_slow'; did you mean 'fail_fast'?; allowed: continue_on_failure, fail_fast
          timeout_seconds: 7 | colour: red | demo.yaml:21:5: step: unknown key 'colour'; allowed:
          batch_size: 200 | batch_size: 200, deep: [{a: 1, a: 2}] | demo.yaml:9:82: key 'a' stands twice, first in line 9
          batch_size: 200 | batch_size: 200, batch_size: 3 | demo.yaml:9:68: key 'batch_size' stands twice, first in line 9
          batch_size: 200 | batch_size: 200, odd: &x {again: *x} | this holds an alias to itself; allowed: data that ends
          batch_size: 200 | batch_size: 200, odd: !!int many | 'many' does not fit its tag
          batch_size: 200 | batch_size: 200, odd: !!java.net.URL [x] | allowed: no tags of one's own
          batch_size: 200 | batch_size: 200, [odd]: 1 | demo.yaml:9:68: a key is a list; allowed: text
          callable: worker | callable: zzzzzzzzz | handler 'zzzzzzzzz' is unknown; the nearest names are '
          dependencies: [plan] | dependencies: [zzzzzzzzz] | which is no step; the nearest names are 'plan', 'tell', 'total'
          {type: object, required: [file]} | [type] | demo.yaml:5:15: template: input_schema is a list; allowed: a mapping
          required: [file] | properties: {a: {$ref: "#/nowhere"}} | demo.yaml:5:15: input_schema:
          required: [file] | required: 7 | input_schema: /required
          callable: teller | callabel: teller | step, handler: unknown key 'callabel'; did you mean 'callable'?
          """)
  void aBadTemplateSaysWhereAndWhatIsAllowed(String good, String bad, String message) {
    String yaml = GoodTemplate.YAML.replace(good, bad.replace("\\n", "\n"));

    assertThat(yaml).isNotEqualTo(GoodTemplate.YAML);
    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> loader.load("demo.yaml", yaml));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).contains(message);
  }

  @Test
  void stepsBehindACircleAreNamedAsUnreachable() {
    String yaml =
        GoodTemplate.YAML
            .replace("dependencies: [plan]", "dependencies: [plan, total]")
            .replace(
                "- name: tell\n",
                "- name: last\n    depends_on: [tell]\n    handler: {callable: teller}\n  - name: tell\n");

    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> loader.load("demo.yaml", yaml));

    assertThat(failure.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "demo.yaml:10:11: circular dependencies: work -> total -> work",
            "demo.yaml:19:11: step 'last' can never run: it waits for 'total', which waits for itself",
            "demo.yaml:22:11: step 'tell' can never run: it waits for 'total', which waits for itself");
  }

  @Test
  void aDecisionThatCanNameNothingIsRefused() {
    String yaml =
        GoodTemplate.YAML
            .replace("dependencies: [plan]", "dependencies: [plan, which]")
            .replace(
                "- name: tell\n",
                "- name: which\n    type: decision\n    handler: {callable: teller}\n  - name: tell\n");
    assertThat(loader.load("demo.yaml", yaml).template().ancestors("total")).contains("which");

    TemplateException failure =
        catchThrowableOfType(
            TemplateException.class,
            () ->
                loader.load(
                    "demo.yaml",
                    yaml.replace("dependencies: [work]", "dependencies: [plain]")
                        .replace("depends_on: [total]", "depends_on: [plan]")));

    assertThat(failure.getMessage())
        .contains("demo.yaml:19:11: decision 'which' has no step that it can name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch_config",
        "handler_class",
        "handler_config",
        "default_retryable",
        "system_dependency",
        "publishes_events",
        "results_schema",
        "cursor_field",
        "parallelism"
      })
  void aKeyThatWeDoNotHaveIsRefusedByNameWithItsPlaceAndNeverDropped(String key) {
    String yaml =
        GoodTemplate.YAML.replace(
            "timeout_seconds: 7", key + ": {batch_size: 200, parallelism: 4}");

    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> loader.load("demo.yaml", yaml));

    assertThat(failure.problems())
        .singleElement()
        .asString()
        .startsWith("demo.yaml:21:5: step: unknown key '" + key + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"named_steps", "step_templates", "module_namespace", "domain_events"})
  void aKeyOfTheTemplateThatWeDoNotHaveIsRefusedToo(String key) {
    TemplateException failure =
        catchThrowableOfType(
            TemplateException.class,
            () -> loader.load("demo.yaml", key + ": []\n" + GoodTemplate.YAML));

    assertThat(failure.problems())
        .singleElement()
        .asString()
        .startsWith("demo.yaml:1:1: template: unknown key '" + key + "'");
  }

  @Test
  void allProblemsOfAFileAreSaidAtOnce() {
    String yaml =
        GoodTemplate.YAML
            .replace("batch_size: 200", "batch_size: 0")
            .replace("callable: teller", "callable: x");

    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> loader.load("demo.yaml", yaml));

    assertThat(failure.problems()).extracting(Problem::line).containsExactly(9, 23);
  }

  @Test
  void aKeyThatStandsTwiceHidesNoOtherProblem() {
    String yaml =
        GoodTemplate.YAML
            .replace("batch_size: 200", "batch_size: 0, a: {x: 1, x: 2}")
            .replace("callable: teller", "callable: x");

    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> loader.load("demo.yaml", yaml));

    assertThat(failure.problems()).extracting(Problem::line).containsExactly(9, 9, 23);
  }

  @Test
  void aFileThatIsNotThereSaysSo() {
    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> loader.load(Path.of("none.yaml")));

    assertThat(failure).hasMessage("none.yaml:1:1: the file does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "- a\n- b\n", "a: [", "a: b\n---\nc: d\n", "\tx: y", "just text", "a: *b"})
  void rubbishIsAProblemWithAPlace(String yaml) {
    TemplateException failure =
        catchThrowableOfType(TemplateException.class, () -> loader.load("x.yaml", yaml));

    assertThat(failure.problems()).isNotEmpty().allMatch(p -> p.line() >= 1 && p.column() >= 1);
  }
}
