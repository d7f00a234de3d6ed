package io.bactrian.endpoint;

import io.bactrian.task.TaskEvents;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * The Camel component {@code task-events:subscriber}: consuming from it hears every change of a
 * task's state, at least once and in order, from where the subscriber stopped.
 */
@Component("task-events")
public final class TaskEventsComponent extends DefaultComponent {
  @Metadata(
      autowired = true,
      label = "advanced",
      description = "Where the events are read and the subscribers' positions are kept.")
  private @Nullable TaskEvents events;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    var endpoint = new TaskEventsEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  public @Nullable TaskEvents getEvents() {
    return events;
  }

  public void setEvents(TaskEvents events) {
    this.events = events;
  }

  TaskEvents events() {
    if (events == null) {
      throw new IllegalStateException(
          "component task-events: no source is bound as a bean of type TaskEvents");
    }
    return events;
  }
}
