package io.bactrian.endpoint;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Start a task of a template; the message is its context, the answer its identity. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "task",
    title = "Bactrian Task",
    syntax = "task:template",
    producerOnly = true,
    category = {Category.WORKFLOW},
    headersClass = TaskHeaders.class)
final class TaskEndpoint extends DefaultEndpoint {
  private static final String VERSION_BY_SLASH = "([^/@]+/[^/@]+)/([^/@]+)";

  @UriPath(
      description =
          "The task template: namespace/name, or namespace/name/version for a certain version.")
  @Metadata(required = true)
  private String template;

  @UriParam(
      defaultValue = "AUTO",
      description =
          "Where the task's context comes from: the body (a map, a record, JSON), the headers (all but"
              + " Camel's own), or the body if there is one, else the headers.")
  private ContextSource contextSource = ContextSource.AUTO;

  @UriParam(
      description =
          "Simple expression for the key that makes two messages one task, for instance"
              + " ${header.orderId}.")
  private @Nullable String idempotencyKey;

  @UriParam(description = "The task's priority; larger goes first.")
  private @Nullable Integer priority;

  @UriParam(description = "Simple expression for what the submitter calls the task.")
  private @Nullable String correlationId;

  @UriParam(
      description =
          "Whether to wait until the task has ended; the answer is then its result instead of its"
              + " identity.")
  private boolean waitForResult;

  @UriParam(
      defaultValue = "30000",
      javaType = "java.time.Duration",
      description = "How long to wait for the result at most. The task goes on after that.")
  private long timeout = 30_000;

  TaskEndpoint(String uri, TaskComponent component, String path) {
    super(uri, component);
    this.template = path.replaceFirst("^" + VERSION_BY_SLASH + "$", "$1@$2");
  }

  Tasks tasks() {
    return ((TaskComponent) getComponent()).tasks();
  }

  @Override
  public Producer createProducer() {
    return new TaskProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "task:%s can only be sent to; task-events: tells what becomes of tasks"
            .formatted(template));
  }

  public String getTemplate() {
    return template;
  }

  public void setTemplate(String template) {
    this.template = template;
  }

  public ContextSource getContextSource() {
    return contextSource;
  }

  public void setContextSource(ContextSource contextSource) {
    this.contextSource = contextSource;
  }

  public @Nullable String getIdempotencyKey() {
    return idempotencyKey;
  }

  public void setIdempotencyKey(String idempotencyKey) {
    this.idempotencyKey = idempotencyKey;
  }

  public @Nullable Integer getPriority() {
    return priority;
  }

  public void setPriority(Integer priority) {
    this.priority = priority;
  }

  public @Nullable String getCorrelationId() {
    return correlationId;
  }

  public void setCorrelationId(String correlationId) {
    this.correlationId = correlationId;
  }

  public boolean isWaitForResult() {
    return waitForResult;
  }

  public void setWaitForResult(boolean waitForResult) {
    this.waitForResult = waitForResult;
  }

  public long getTimeout() {
    return timeout;
  }

  public void setTimeout(long timeout) {
    this.timeout = timeout;
  }
}
