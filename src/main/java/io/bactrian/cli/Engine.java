package io.bactrian.cli;

import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.template.TaskTemplate;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A running Bactrian, as the commands see it. Closing drains a node. */
public interface Engine extends Client {

  /** Finds a template by {@code namespace/name} or {@code namespace/name@version}. */
  Optional<TaskTemplate> template(String reference);

  /** Whether tasks of {@code namespace/name@version} can run here, be it with a kept content. */
  default boolean runs(String reference) {
    return template(reference).isPresent();
  }

  /** References of all templates. */
  Collection<String> templates();

  /**
   * Creates a task.
   *
   * @param own whether this node alone works for it while it lives
   */
  default UUID submit(TaskTemplate template, Map<String, Object> context, boolean own) {
    return submit(template, context, own, SubmitOptions.NONE).task();
  }

  /**
   * Creates a task, unless one of its identity exists.
   *
   * @param own whether this node alone works for it while it lives
   * @param options priority, identity, origin
   */
  Submitted submit(
      TaskTemplate template, Map<String, Object> context, boolean own, SubmitOptions options);

  @Override
  default Submitted submit(String template, Map<String, Object> context, SubmitOptions options) {
    return submit(RunCommand.template(this, template), context, false, options);
  }

  @Override
  default String notice(String template) {
    return Report.notice(RunCommand.template(this, template));
  }

  /** Works for unfinished tasks, unless another live node owns them. */
  void adopt(Collection<UUID> tasks);

  /** Where the REST API of this node is, if it has one. */
  Optional<URI> api();
}
