package io.bactrian.route;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.CsvReadException;
import io.bactrian.csv.Plan;
import io.bactrian.step.InputNotVisible;
import io.bactrian.step.InputSightings;
import io.bactrian.step.RunningStep;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Checks that the planned file stands on this node as it was planned. Thread safe. */
public final class InputCheck {
  private static final int REMEMBERED = 1_000;

  private final InputSightings sightings;
  private final Set<UUID> told =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  public InputCheck(InputSightings sightings) {
    this.sightings = sightings;
  }

  /**
   * Returns when the file is the planned one.
   *
   * @throws InputNotVisible saying what was found instead
   */
  void check(RunningStep step, Plan plan) {
    try {
      plan.checkUnchanged();
    } catch (CsvException | CsvReadException e) {
      told.remove(step.taskUuid());
      throw new InputNotVisible(String.valueOf(e.getMessage()), Files.isReadable(plan.file()));
    }
    if (told.add(step.taskUuid())) {
      sightings.seen(step.uuid(), step.epoch());
    }
  }
}
