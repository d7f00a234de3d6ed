package io.bactrian.endpoint;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * The Camel component {@code task:namespace/name[@version]}: sending to it starts a task of that
 * template. {@code namespace/name/version} is the same.
 */
@Component("task")
public final class TaskComponent extends DefaultComponent {
  @Metadata(
      autowired = true,
      label = "advanced",
      description = "The engine that the tasks are started in.")
  private @Nullable Tasks tasks;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    var endpoint = new TaskEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  public @Nullable Tasks getTasks() {
    return tasks;
  }

  public void setTasks(Tasks tasks) {
    this.tasks = tasks;
  }

  Tasks tasks() {
    if (tasks == null) {
      throw new IllegalStateException("component task: no engine is bound as a bean of type Tasks");
    }
    return tasks;
  }
}
