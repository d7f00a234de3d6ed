package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.json.Json;
import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.task.DuplicateTask;
import io.bactrian.task.InvalidContext;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.Submission;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.TaskState;
import io.bactrian.template.Mode;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateLoader;
import io.bactrian.template.TestHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Submissions on a real database: which are one task, and what of them is kept. */
final class SubmissionTest {
  private static final Database DATABASE = TestDatabase.open();
  private static int count;

  private final TaskTable tasks = new TaskTable(DATABASE, "test");
  private final TaskReads views = new TaskReads(DATABASE);
  private final Submission submission = new Submission(tasks);
  private final String name = "t" + ++count;

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void alwaysUniqueIsAlwaysANewTask() {
    TaskTemplate template = template("always_unique");

    assertThat(submit(template, Map.of("a", 1), SubmitOptions.NONE).task())
        .isNotEqualTo(submit(template, Map.of("a", 1), SubmitOptions.NONE).task());
  }

  @Test
  void strictIsOneTaskForEqualContextsHoweverTheyAreWritten() {
    TaskTemplate template = template("strict");
    Submitted first = submit(template, Json.readObject("{\"a\":1.0,\"b\":[1,null]}"));

    Submitted again = submit(template, Json.readObject("{\"b\":[1e0,null],\"a\":1}"));
    Submitted other = submit(template, Json.readObject("{\"b\":[null,1],\"a\":1}"));

    assertThat(first.created()).isTrue();
    assertThat(again).isEqualTo(new Submitted(first.task(), false));
    assertThat(other.created()).isTrue();
  }

  @Test
  void callerProvidedWantsAKeyAndIsOneTaskForEachKey() {
    TaskTemplate template = template("caller_provided");
    assertThatThrownBy(() -> submit(template, Map.of()))
        .hasMessageContaining("identity_strategy caller_provided")
        .hasMessageContaining("no idempotency key");

    Submitted first = submit(template, Map.of("a", 1), key("k", OnDuplicate.RETURN_EXISTING));
    Submitted again = submit(template, Map.of("a", 2), key("k", OnDuplicate.RETURN_EXISTING));

    assertThat(again).isEqualTo(new Submitted(first.task(), false));
    assertThat(views.find(first.task()).orElseThrow().context()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void aKeyCountsWithEveryStrategyAndOverVersions() {
    TaskTemplate template = template("always_unique");
    TaskTemplate newer = load("always_unique", "2");

    Submitted first = submit(template, Map.of(), key("k", OnDuplicate.RETURN_EXISTING));

    assertThat(submit(newer, Map.of(), key("k", OnDuplicate.RETURN_EXISTING)).created()).isFalse();
    assertThatThrownBy(() -> submit(newer, Map.of(), key("k", OnDuplicate.REJECT)))
        .isInstanceOf(DuplicateTask.class)
        .hasMessageContaining(first.task().toString());
  }

  @Test
  void aFailedTaskIsRunAgainWhenThatIsThePolicyAndNoOtherIs() {
    TaskTemplate template = template("strict");
    SubmitOptions again = options(Optional.empty(), OnDuplicate.RERUN_IF_FAILED);
    Submitted first = submit(template, Map.of(), again);
    assertThat(submit(template, Map.of(), again).task()).as("it runs").isEqualTo(first.task());
    fail(first.task());

    Submitted second = submit(template, Map.of(), again);

    assertThat(second.created()).isTrue();
    assertThat(views.find(first.task()).orElseThrow().state()).isEqualTo(TaskState.CANCELLED);
    assertThat(submit(template, Map.of()).task()).isEqualTo(second.task());
  }

  @ParameterizedTest
  @EnumSource(OnDuplicate.class)
  void ofManySubmissionsAtOnceExactlyOneCreatesTheTask(OnDuplicate policy) throws Exception {
    TaskTemplate template = template("strict");
    if (policy == OnDuplicate.RERUN_IF_FAILED) {
      fail(submit(template, Map.of("n", 1)).task());
    }
    Callable<Submitted> one =
        () -> {
          try {
            return submit(template, Map.of("n", 1), options(Optional.empty(), policy));
          } catch (DuplicateTask e) {
            return new Submitted(e.existing(), false);
          }
        };
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Submitted>> answers = threads.invokeAll(Collections.nCopies(40, one));
      Set<UUID> found = new HashSet<>();
      int created = 0;
      for (Future<Submitted> answer : answers) {
        found.add(answer.get().task());
        created += answer.get().created() ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
      assertThat(found).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theContextIsKeptToTheLetter() {
    String json =
        "{\"z\":null,\"a\":1.10,\"big\":123456789012345678901234567890,\"small\":-0.00000001,"
            + "\"list\":[1,[],{}],\"text\":\"\\u0000ä😀\"}";
    UUID task = submit(template("strict"), Json.readObject(json)).task();

    assertThat(Json.write(views.find(task).orElseThrow().context())).isEqualTo(json);
    assertThat(
            DATABASE.read(
                () ->
                    DATABASE
                        .jdbc()
                        .sql("select context::text from tasks where task_uuid = :task")
                        .param("task", task)
                        .query(String.class)
                        .single()))
        .isEqualTo(json);
  }

  @Test
  void whatDoesNotFitTheSchemaIsRefusedWithEachPath() {
    TaskTemplate template =
        load(
            "strict\ninput_schema: {type: object, required: [file], properties: {n: {type: array, items: {type: integer, minimum: 1}}}}",
            "1");

    assertThatThrownBy(() -> submit(template, Map.of("n", List.of(1, 0, "x"))))
        .isInstanceOf(InvalidContext.class)
        .hasMessageContaining("/file: ")
        .hasMessageContaining("/n/1: ")
        .hasMessageContaining("/n/2: ");
    assertThat(submit(template, Map.of("file", "x", "n", List.of(1))).created()).isTrue();
  }

  @Test
  void whoWhyTagsAndPriorityAreKept() {
    var options =
        new SubmitOptions(
            Optional.of("key"),
            OnDuplicate.RETURN_EXISTING,
            7,
            List.of("night", "eu"),
            new Origin("anna", "month end", Optional.of("c-1"), Optional.of("p-1")));

    UUID task =
        submit(load("strict\ntags: [batch, eu]", "1"), new LinkedHashMap<>(), options).task();

    SubmitOptions kept = views.find(task).orElseThrow().options();
    assertThat(kept.tags()).containsExactly("batch", "eu", "night");
    assertThat(kept.priority()).isEqualTo(7);
    assertThat(kept.origin()).isEqualTo(options.origin());
    assertThat(kept.idempotencyKey()).contains("key");
  }

  private void fail(UUID task) {
    var node = UUID.randomUUID();
    new NodeTable(DATABASE).register(node, "here", 1, Duration.ofMinutes(1));
    var claim =
        new Leases.Claim(
            node, Set.of("n/" + name + "/1/a"), Set.of(task), true, Duration.ofMinutes(1), 100);
    StepLease lease = new LeaseTable(DATABASE, "test").claim(claim, 1).get(0);
    assertThat(NewWorkers.NONE.isEmpty()).isTrue();
    new StepOutcomes(DATABASE, "test").fail(lease, new StepError("E", "no", false));
    assertThat(views.find(task).orElseThrow().state()).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
  }

  private Submitted submit(TaskTemplate template, Map<String, Object> context) {
    return submit(template, context, SubmitOptions.NONE);
  }

  private Submitted submit(
      TaskTemplate template, Map<String, Object> context, SubmitOptions options) {
    return submission.submit(template, context, Path.of("/"), Optional.empty(), options);
  }

  private static SubmitOptions key(String key, OnDuplicate policy) {
    return options(Optional.of(key), policy);
  }

  private static SubmitOptions options(Optional<String> key, OnDuplicate policy) {
    return new SubmitOptions(key, policy, 0, List.of(), Origin.of("test"));
  }

  private TaskTemplate template(String identity) {
    return load(identity, "1");
  }

  private TaskTemplate load(String identity, String version) {
    String yaml =
        "name: %s\nnamespace_name: n\nversion: '%s'\nidentity_strategy: %s\nsteps: [{name: a, handler: {callable: h}}]\n"
            .formatted(name, version, identity);
    return new TemplateTable(DATABASE)
        .settle(
            new TemplateLoader(new TestHandlers()).load("t.yaml", yaml).template(),
            Mode.DEVELOPMENT);
  }
}
