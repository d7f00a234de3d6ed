package io.bactrian.node;

import io.bactrian.step.StepLease;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.MDC;

/**
 * Names the step in every line that is logged on this thread until it is closed: by the engine, by
 * Camel, by handlers.
 */
final class StepLog implements AutoCloseable {
  private final Map<String, String> names = new LinkedHashMap<>();

  private StepLog() {}

  static StepLog of(UUID node, StepLease lease) {
    var log = new StepLog();
    log.names.put("node", node.toString());
    log.names.put("task_uuid", lease.taskUuid().toString());
    log.names.put("step", lease.name());
    log.names.put("step_uuid", lease.stepUuid().toString());
    log.names.put("attempt", String.valueOf(lease.attempt()));
    log.names.forEach(MDC::put);
    return log;
  }

  @Override
  public void close() {
    names.keySet().forEach(MDC::remove);
  }
}
