package io.bactrian.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.task.TaskEvent;
import io.bactrian.task.TaskEvents;
import io.bactrian.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The consumer alone; events and position are kept in memory. */
final class TaskEventsEndpointTest implements TaskEvents {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<TaskEvent> all = new CopyOnWriteArrayList<>();
  private final List<Object> heard = new CopyOnWriteArrayList<>();
  private final List<String> left = new CopyOnWriteArrayList<>();
  private final AtomicInteger position = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void anEventIsAMapWithHeaders() throws Exception {
    add("cities", TaskState.COMPLETE);
    start("task-events:audit?delay=10");

    await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 1);
    assertThat(heard.get(0))
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("name", "cities")
        .containsEntry("from_state", "pending")
        .containsEntry("to_state", "complete")
        .containsEntry("header", "complete");
  }

  @Test
  void onlyTheWantedTemplatesAndStatesAreHeardAndTheOthersArePassed() throws Exception {
    add("cities", TaskState.STEPS_IN_PROCESS);
    add("other", TaskState.COMPLETE);
    add("cities", TaskState.COMPLETE);
    start("task-events:audit?delay=10&template=demo/cities&states=complete,error");

    await().atMost(Duration.ofSeconds(30)).until(() -> position.get() == 3);
    assertThat(heard).hasSize(1);
  }

  @Test
  void anEventWhoseRouteFailsIsHeardAgainBeforeAnyOther() throws Exception {
    failures.set(2);
    add("cities", TaskState.STEPS_IN_PROCESS);
    add("cities", TaskState.COMPLETE);
    start("task-events:audit?delay=10");

    await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 4);
    assertThat(heard)
        .<Object>extracting(event -> ((Map<?, ?>) event).get("to_state"))
        .containsExactly("steps_in_process", "steps_in_process", "steps_in_process", "complete");
  }

  @Test
  void aStoppedConsumerLeavesItsSubscriberToOthers() throws Exception {
    start("task-events:audit?delay=10");
    camel.getRouteController().stopRoute("events");

    assertThat(left).containsExactly("audit");
  }

  @Test
  void aStateThatIsNoneIsAnErrorAtTheStart() {
    assertThatThrownBy(() -> start("task-events:audit?states=done"))
        .rootCause()
        .hasMessageContaining("DONE");
  }

  private void add(String name, TaskState to) {
    all.add(
        new TaskEvent(
            new TaskEvent.Position(1, all.size()),
            UUID.randomUUID(),
            "demo",
            name,
            "1",
            Optional.of(TaskState.PENDING),
            to,
            Instant.EPOCH,
            "test",
            "because"));
  }

  private void start(String uri) throws Exception {
    camel.getRegistry().bind("events", this);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri)
                .routeId("events")
                .process(
                    exchange -> {
                      var event =
                          new java.util.HashMap<Object, Object>(
                              (Map<?, ?>) exchange.getMessage().getBody());
                      event.put("header", exchange.getMessage().getHeader(TaskHeaders.TASK_STATE));
                      heard.add(event);
                      if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("not now");
                      }
                    });
          }
        });
    camel.start();
  }

  @Override
  public boolean take(String subscriber, Start start, UUID reader, Duration lease) {
    return true;
  }

  @Override
  public List<TaskEvent> next(String subscriber, int limit) {
    return all.stream().skip(position.get()).limit(limit).toList();
  }

  @Override
  public boolean heard(String subscriber, UUID reader, TaskEvent event, Duration lease) {
    position.set((int) event.position().row() + 1);
    return true;
  }

  @Override
  public void leave(String subscriber, UUID reader) {
    left.add(subscriber);
  }
}
