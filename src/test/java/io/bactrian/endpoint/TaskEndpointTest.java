package io.bactrian.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bactrian.step.StepState;
import io.bactrian.task.Progress;
import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.StepCounts;
import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskState;
import io.bactrian.task.TaskViews;
import io.bactrian.template.StepType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The producer alone; the engine is kept in lists. */
final class TaskEndpointTest implements Tasks, TaskViews {
  private static final UUID TASK = UUID.fromString("6f1c2a8e-0000-4000-8000-000000000001");

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<TaskRequest> requests = new ArrayList<>();
  private TaskState state = TaskState.COMPLETE;
  private boolean pruned;

  /** A context as a record. */
  record Order(String id, int amount) {}

  @BeforeEach
  void start() {
    camel.getRegistry().bind("tasks", this);
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aMapARecordATreeAndJsonTextAreContexts() {
    send("task:demo/cities", Map.of("a", 1), Map.of());
    send("task:demo/cities", new Order("o1", 7), Map.of());
    send("task:demo/cities", JsonNodeFactory.instance.objectNode().put("b", 2), Map.of());
    send("task:demo/cities", "{\"c\": [3]}", Map.of());

    assertThat(requests)
        .extracting(TaskRequest::context)
        .containsExactly(
            Map.of("a", 1),
            Map.of("id", "o1", "amount", 7),
            Map.of("b", 2),
            Map.of("c", List.of(3)));
  }

  @Test
  void withoutABodyTheHeadersAreTheContextExceptCamelsOwn() {
    send("task:demo/cities", null, Map.of("csv_file_path", "x.csv", "CamelFileName", "x.csv"));
    send("task:demo/cities?contextSource=HEADERS", "ignored", Map.of("n", 1));

    assertThat(requests)
        .extracting(TaskRequest::context)
        .containsExactly(Map.of("csv_file_path", "x.csv"), Map.of("n", 1));
  }

  @Test
  void aBodyThatIsNoObjectIsAnErrorThatSaysWhatIsAllowed() {
    assertThatThrownBy(() -> send("task:demo/cities", List.of(1), Map.of()))
        .rootCause()
        .hasMessageContaining("allowed as a task's context: a map, a record, a JSON object");
    assertThat(requests).isEmpty();
  }

  @Test
  void theAnswerIsTheTasksIdentityAsBodyAndHeader() {
    Exchange answer = send("task:demo/cities", Map.of(), Map.of());

    assertThat(answer.getMessage().getBody()).isEqualTo(TASK.toString());
    assertThat(answer.getMessage().getHeader(TaskHeaders.TASK_UUID)).isEqualTo(TASK.toString());
  }

  @Test
  void aVersionStandsAfterAnAtSignOrASlash() {
    send("task:demo/cities@1.0.0", Map.of(), Map.of());
    send("task:demo/cities/1.0.0", Map.of(), Map.of());

    assertThat(requests)
        .extracting(TaskRequest::template)
        .containsExactly("demo/cities@1.0.0", "demo/cities@1.0.0");
  }

  @Test
  void keyPriorityAndCorrelationComeFromOptionsElseFromHeaders() {
    Map<String, Object> headers =
        Map.of(
            "order",
            "o1",
            TaskHeaders.IDEMPOTENCY_KEY,
            "key-of-header",
            TaskHeaders.PRIORITY,
            3,
            TaskHeaders.CORRELATION_ID,
            "c-of-header");
    send("task:demo/cities?contextSource=BODY", Map.of(), headers);
    send(
        "task:demo/cities?idempotencyKey=${header.order}-x&priority=9&correlationId=${header.order}",
        Map.of(),
        headers);

    assertThat(requests.get(0).idempotencyKey()).contains("key-of-header");
    assertThat(requests.get(0).priority()).contains(3);
    assertThat(requests.get(0).correlationId()).contains("c-of-header");
    assertThat(requests.get(1).idempotencyKey()).contains("o1-x");
    assertThat(requests.get(1).priority()).contains(9);
    assertThat(requests.get(1).correlationId()).contains("o1");
  }

  @Test
  void anEmptyKeyIsAnErrorAndStartsNothing() {
    assertThatThrownBy(
            () -> send("task:demo/cities?idempotencyKey=${header.order}", Map.of(), Map.of()))
        .rootCause()
        .hasMessageContaining("idempotencyKey, '${header.order}', is empty for this message");
    assertThat(requests).isEmpty();
  }

  @Test
  void aTemplateThatDoesNotExistIsAnErrorAtTheStart() {
    assertThatThrownBy(() -> send("task:demo/citys", Map.of(), Map.of()))
        .rootCause()
        .hasMessage("there is no template demo/citys");
  }

  @Test
  void whoWaitsGetsTheResult() {
    Exchange answer = send("task:demo/cities?waitForResult=true", Map.of(), Map.of());

    assertThat(answer.getMessage().getBody()).isEqualTo(Map.of("rows", 7));
    assertThat(answer.getMessage().getHeader(TaskHeaders.TASK_STATE)).isEqualTo("complete");
  }

  @Test
  void theResultOfATaskThatHasLeftIsThatOfItsReceipt() {
    pruned = true;

    Exchange answer = send("task:demo/cities?waitForResult=true", Map.of(), Map.of());

    assertThat(answer.getMessage().getBody()).isEqualTo(Map.of("kept", 7));
    assertThat(answer.getMessage().getHeader(TaskHeaders.TASK_STATE)).isEqualTo("complete");
  }

  @Test
  void whoWaitsTooLongIsToldWhichTaskGoesOn() {
    state = TaskState.STEPS_IN_PROCESS;

    assertThatThrownBy(
            () -> send("task:demo/cities?waitForResult=true&timeout=50", Map.of(), Map.of()))
        .hasCauseInstanceOf(ExchangeTimedOutException.class)
        .rootCause()
        .hasMessageContaining("task " + TASK + " is steps_in_process and goes on");
  }

  @Test
  void whoWaitsForATaskThatFailsGetsItsErrors() {
    state = TaskState.BLOCKED_BY_FAILURES;

    assertThatThrownBy(() -> send("task:demo/cities?waitForResult=true", Map.of(), Map.of()))
        .hasCauseInstanceOf(TaskNotComplete.class)
        .rootCause()
        .hasMessageContaining(TASK + " is blocked_by_failures: count: bad price");
  }

  @Test
  void waitingInsideATransactionIsRefusedBecauseItWouldNeverEnd() {
    assertThatThrownBy(
            () -> send("task:demo/cities?waitForResult=true", Map.of(), Map.of("transacted", true)))
        .rootCause()
        .hasMessageContaining("leave waitForResult or transacted out");
    assertThat(requests).isEmpty();
  }

  private Exchange send(
      String uri, @org.jspecify.annotations.Nullable Object body, Map<String, Object> headers) {
    Exchange answer =
        camel
            .createFluentProducerTemplate()
            .to(uri)
            .withProcessor(
                exchange -> {
                  exchange.getIn().setBody(body);
                  exchange.getIn().setHeaders(new java.util.HashMap<>(headers));
                  exchange.getExchangeExtension().setTransacted(headers.containsKey("transacted"));
                })
            .send();
    if (answer.getException() != null) {
      throw new CamelExecutionException("failed", answer, answer.getException());
    }
    return answer;
  }

  @Override
  public void checkTemplate(String reference) {
    if (!reference.startsWith("demo/cities")) {
      throw new IllegalArgumentException("there is no template " + reference);
    }
  }

  @Override
  public UUID start(TaskRequest request) {
    requests.add(request);
    return TASK;
  }

  @Override
  public TaskViews views() {
    return this;
  }

  @Override
  public Optional<Receipt> receipt(UUID task) {
    return pruned
        ? find(task)
            .map(
                left ->
                    new Receipt(
                        left,
                        new TaskFigures(0, 0, 0, 0),
                        Optional.empty(),
                        Optional.of(Map.of("kept", 7)),
                        Optional.empty(),
                        Instant.EPOCH))
        : Optional.empty();
  }

  @Override
  public Optional<Task> find(UUID task) {
    return Optional.of(
        new Task(
            task,
            "demo",
            "cities",
            "1",
            state,
            Map.of(),
            new StepCounts(0, 0, 0, 0, 1),
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty()));
  }

  @Override
  public List<Step> steps(UUID task) {
    boolean complete = state == TaskState.COMPLETE;
    Map<String, Object> results =
        complete
            ? Map.of("result", Map.of("rows", 7))
            : Map.of("error", Map.of("message", "bad price"));
    return List.of(
        new Step(
            UUID.randomUUID(),
            "count",
            "count",
            StepType.STANDARD,
            complete ? StepState.COMPLETE : StepState.ERROR,
            1,
            3,
            List.of(),
            Optional.of(results)));
  }

  @Override
  public List<Task> newest(int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Task> running() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Progress progress(UUID task) {
    throw new UnsupportedOperationException();
  }
}
