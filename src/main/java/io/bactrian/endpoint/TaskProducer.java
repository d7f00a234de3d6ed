package io.bactrian.endpoint;

import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Starts a task for each message. */
final class TaskProducer extends DefaultProducer {
  private final TaskEndpoint endpoint;

  TaskProducer(TaskEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  /** A template that does not exist is an error when the route starts. */
  @Override
  protected void doStart() throws Exception {
    super.doStart();
    endpoint.tasks().checkTemplate(endpoint.getTemplate());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    if (endpoint.isWaitForResult() && exchange.isTransacted()) {
      throw new IllegalStateException(
          "%s waits for a task that its own transaction has not committed; leave waitForResult or transacted out"
              .formatted(endpoint));
    }
    UUID task = endpoint.tasks().start(request(exchange));
    Message message = exchange.getMessage();
    message.setHeader(TaskHeaders.TASK_UUID, task.toString());
    message.setBody(task.toString());
    if (endpoint.isWaitForResult()) {
      new TaskWait(endpoint.tasks().views(), endpoint.getTimeout()).answer(exchange, task);
    }
  }

  private TaskRequest request(Exchange exchange) {
    Message message = exchange.getMessage();
    return new TaskRequest(
        endpoint.getTemplate(),
        endpoint.getContextSource().read(message),
        text(exchange, "idempotencyKey", endpoint.getIdempotencyKey())
            .or(() -> header(message, TaskHeaders.IDEMPOTENCY_KEY, String.class)),
        Optional.ofNullable(endpoint.getPriority())
            .or(() -> header(message, TaskHeaders.PRIORITY, Integer.class)),
        text(exchange, "correlationId", endpoint.getCorrelationId())
            .or(() -> header(message, TaskHeaders.CORRELATION_ID, String.class)));
  }

  private static <T> Optional<T> header(Message message, String name, Class<T> type) {
    return Optional.ofNullable(message.getHeader(name, type));
  }

  /** The value of an option's expression, which must be there. */
  private Optional<String> text(Exchange exchange, String option, @Nullable String expression) {
    if (expression == null) {
      return Optional.empty();
    }
    String value =
        exchange
            .getContext()
            .resolveLanguage("simple")
            .createExpression(expression)
            .evaluate(exchange, String.class);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "%s: %s, '%s', is empty for this message".formatted(endpoint, option, expression));
    }
    return Optional.of(value);
  }
}
