package io.bactrian.template;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the steps of a template wait for, circles included.
 *
 * @param byName the steps
 */
record Ancestry(Map<String, ReadStep> byName) {

  /** All steps that a step waits for, directly or not; itself only in a circle. */
  Set<String> of(String step) {
    var ancestors = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(List.of(step));
    while (!open.isEmpty()) {
      ReadStep next = byName.get(open.pop());
      for (String parent : next == null ? List.<String>of() : next.step().dependencies()) {
        if (ancestors.add(parent)) {
          open.push(parent);
        }
      }
    }
    return ancestors;
  }
}
