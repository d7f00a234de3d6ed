package io.bactrian.task;

import java.util.List;

/**
 * A step of a template whose workers have set records aside.
 *
 * @param name its name in the template
 * @param rejected how many records
 * @param columns the names in the header of the planned file; empty where it has none
 */
public record RejectingStep(String name, long rejected, List<String> columns) {
  public RejectingStep {
    columns = List.copyOf(columns);
  }
}
