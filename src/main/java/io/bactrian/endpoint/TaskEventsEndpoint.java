package io.bactrian.endpoint;

import io.bactrian.task.TaskEvents;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/** Hear the changes of tasks' states, at least once, from a durable position per subscriber. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "task-events",
    title = "Bactrian Task Events",
    syntax = "task-events:subscriber",
    consumerOnly = true,
    category = {Category.WORKFLOW},
    headersClass = TaskHeaders.class)
final class TaskEventsEndpoint extends ScheduledPollEndpoint {
  @UriPath(description = "Who hears: the position is kept under this name.")
  @Metadata(required = true)
  private String subscriber;

  @UriParam(description = "Only tasks of this template: namespace/name.")
  private @Nullable String template;

  @UriParam(description = "Only changes to these states, separated by commas: complete,error.")
  private @Nullable String states;

  @UriParam(
      defaultValue = "NOW",
      description = "Where a subscriber begins that nobody has seen before.")
  private TaskEvents.Start startFrom = TaskEvents.Start.NOW;

  @UriParam(defaultValue = "100", description = "How many events are read at once at most.")
  private int maxMessagesPerPoll = 100;

  @UriParam(
      defaultValue = "30000",
      javaType = "java.time.Duration",
      description =
          "How long a node hears alone for a subscriber without a sign of life. An event that takes"
              + " longer may be heard on another node again.")
  private long lease = 30_000;

  TaskEventsEndpoint(String uri, TaskEventsComponent component, String subscriber) {
    super(uri, component);
    this.subscriber = subscriber;
  }

  TaskEvents events() {
    return ((TaskEventsComponent) getComponent()).events();
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    var consumer = new TaskEventsConsumer(this, processor, EventFilter.of(template, states));
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "task-events:%s can only be consumed from; task: starts tasks".formatted(subscriber));
  }

  public String getSubscriber() {
    return subscriber;
  }

  public void setSubscriber(String subscriber) {
    this.subscriber = subscriber;
  }

  public @Nullable String getTemplate() {
    return template;
  }

  public void setTemplate(String template) {
    this.template = template;
  }

  public @Nullable String getStates() {
    return states;
  }

  public void setStates(String states) {
    this.states = states;
  }

  public TaskEvents.Start getStartFrom() {
    return startFrom;
  }

  public void setStartFrom(TaskEvents.Start startFrom) {
    this.startFrom = startFrom;
  }

  public int getMaxMessagesPerPoll() {
    return maxMessagesPerPoll;
  }

  public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
    this.maxMessagesPerPoll = maxMessagesPerPoll;
  }

  public long getLease() {
    return lease;
  }

  public void setLease(long lease) {
    this.lease = lease;
  }
}
