package com.example;

import static io.bactrian.store.Fact.CHECKPOINT;
import static io.bactrian.store.Fact.COMPLETE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bactrian.testing.BactrianTest;
import io.bactrian.testing.TaskRun;
import io.bactrian.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BactrianTest
class CitySumsTest {
  @TempDir Path folder;
  Path people;

  @BeforeEach
  void writeInput() throws IOException {
    people =
        Files.writeString(
            folder.resolve("people.csv"),
            IntStream.rangeClosed(1, 8000)
                .mapToObj(n -> n + ",person " + n)
                .collect(Collectors.joining("\n", "id,name\n", "\n")));
  }

  @Test
  void countsEverybody(TestEngine engine) {
    TaskRun run = engine.runTask("example/city_sums", Map.of("csv_file_path", people));

    run.isComplete().hasResult("people", 8000);
    run.step("count_001").isComplete().hasAttempts(1).hasResult("people", 2000);
  }

  @Test
  void countsNobodyTwiceWhenNodesDie(TestEngine engine) {
    engine.failAt(CHECKPOINT, 2).failAfter(COMPLETE, 3);

    engine
        .runTask("example/city_sums", Map.of("csv_file_path", people))
        .isComplete()
        .hasTakeovers(2)
        .equalsSerialRun();
  }

  @Test
  void sendsTheReportAgainWhenTheServerWasAway(TestEngine engine) {
    var calls = new AtomicInteger();
    engine.replaceRoute(
        "sendReport",
        exchange -> {
          if (calls.incrementAndGet() < 3) {
            throw new IOException("connection refused");
          }
        });

    TaskRun run = engine.runTask("example/city_sums", Map.of("csv_file_path", people));

    run.isComplete().step("report").hasAttempts(3);
    assertEquals(3, calls.get());
  }
}
