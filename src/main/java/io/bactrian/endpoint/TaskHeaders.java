package io.bactrian.endpoint;

import org.apache.camel.spi.Metadata;

/** The message headers of {@code task:} and {@code task-events:}. */
public final class TaskHeaders {
  @Metadata(description = "The task's identity.", javaType = "String")
  public static final String TASK_UUID = "CamelTaskUuid";

  @Metadata(description = "The state of the task, for instance complete.", javaType = "String")
  public static final String TASK_STATE = "CamelTaskState";

  @Metadata(
      label = "producer",
      description =
          "Two messages with one key start one task. The option idempotencyKey goes before it.",
      javaType = "String")
  public static final String IDEMPOTENCY_KEY = "CamelTaskIdempotencyKey";

  @Metadata(
      label = "producer",
      description = "The task's priority. The option priority goes before it.",
      javaType = "Integer")
  public static final String PRIORITY = "CamelTaskPriority";

  @Metadata(
      label = "producer",
      description = "What the submitter calls the task. The option correlationId goes before it.",
      javaType = "String")
  public static final String CORRELATION_ID = "CamelTaskCorrelationId";

  private TaskHeaders() {}
}
