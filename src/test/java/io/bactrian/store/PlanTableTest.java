package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.csv.Dialect;
import io.bactrian.csv.Division;
import io.bactrian.csv.Fingerprint;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.step.GivenResults;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTableTest {
  private static final Dialect RFC = Dialect.rfc4180();

  @TempDir private Path folder;
  private final TestControlPlane plane = new TestControlPlane();
  private final PlanTable plans = new PlanTable(plane.database);
  private Path file = Path.of("");

  @BeforeEach
  void writeAFile() throws IOException {
    file = write("a,b\n1,x\n2,y\n3,z\n");
  }

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void anUnchangedFileIsPlannedFromTheStore() {
    Plan plan = settledPlan();
    keep(plan);
    keep(plan);

    assertThat(plans.find(file, RFC, Fingerprint.of(file))).contains(plan);
    assertThat(plane.count("select count(*) from plans")).isEqualTo(1);
  }

  @Test
  void aFileOfTheSameBytesWrittenAnewIsPlannedAnew() throws IOException {
    keep(settledPlan());
    Files.writeString(file, "a,b\n1,x\n2,y\n3,z\n");

    assertThat(plans.find(file, RFC, Fingerprint.of(file))).isEmpty();
  }

  @Test
  void aPlanServesOnlyItsDialect() {
    keep(settledPlan());

    Dialect other = Dialect.fromMap(Map.of("header", false));
    assertThat(plans.find(file, other, Fingerprint.of(file))).isEmpty();
  }

  @Test
  void aFileThatWasWrittenJustBeforeItWasPlannedIsPlannedAnew() throws IOException {
    Path fresh = write("a\n1\n");
    Fingerprint now = Fingerprint.of(fresh);

    if (now.place().isEmpty()) { // else the machine was too slow to tell
      keep(Planner.plan(fresh, RFC));
      assertThat(plans.find(fresh, RFC, now)).isEmpty();
    }
  }

  @Test
  void aWorkerReadsByTheDivisionOfItsBatchableStep() {
    Plan plan = Planner.plan(file, RFC);
    var division = new Division(plan, plan.ranges(1, 2));
    plane.submit();
    StepLease batchable = plane.claimOne();
    plans.keep(batchable.stepUuid(), division);
    plane.outcomes.complete(batchable, Map.of(), TestControlPlane.workers(2, Optional.empty()));

    for (StepLease worker : plane.claim(2)) {
      assertThat(plans.ofWorker(running(worker))).contains(division);
    }
    assertThat(plans.ofWorker(running(batchable))).isEmpty();
  }

  private static RunningStep running(StepLease lease) {
    return new RunningStep(lease, new GivenResults(List.of()));
  }

  private void keep(Plan plan) {
    plane.submit();
    plans.keep(plane.claimOne().stepUuid(), new Division(plan, plan.ranges(1, 2)));
  }

  /** A plan of the file made when its last write is long enough ago. */
  private Plan settledPlan() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Planner.plan(file, RFC), plan -> !plan.fingerprint().place().isEmpty());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("planned.csv"), text);
  }
}
