package io.bactrian.endpoint;

import io.bactrian.task.TaskEvent;
import io.bactrian.task.TaskEvents;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * Reads events after the subscriber's position, one node at a time; an event whose route failed is
 * read again, and nothing after it before.
 */
final class TaskEventsConsumer extends ScheduledPollConsumer {
  private final TaskEventsEndpoint endpoint;
  private final EventFilter filter;
  private final UUID reader = UUID.randomUUID();

  TaskEventsConsumer(TaskEventsEndpoint endpoint, Processor processor, EventFilter filter) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.filter = filter;
  }

  @Override
  protected int poll() throws Exception {
    TaskEvents events = endpoint.events();
    String subscriber = endpoint.getSubscriber();
    if (!events.take(subscriber, endpoint.getStartFrom(), reader, lease())) {
      return 0;
    }
    List<TaskEvent> next = events.next(subscriber, endpoint.getMaxMessagesPerPoll());
    for (TaskEvent event : next) {
      if (!isRunAllowed() || (filter.wants(event) && !hear(event))) {
        break;
      }
      if (!events.heard(subscriber, reader, event, lease())) {
        break;
      }
    }
    return next.size();
  }

  private Duration lease() {
    return Duration.ofMillis(endpoint.getLease());
  }

  private boolean hear(TaskEvent event) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(event.toMap());
      exchange.getMessage().setHeader(TaskHeaders.TASK_UUID, event.task().toString());
      exchange.getMessage().setHeader(TaskHeaders.TASK_STATE, event.to().word());
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        getExceptionHandler()
            .handleException(
                "event %s will be read again".formatted(event), exchange, exchange.getException());
        return false;
      }
      return true;
    } finally {
      releaseExchange(exchange, false);
    }
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    endpoint.events().leave(endpoint.getSubscriber(), reader);
  }
}
