package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A serving process that watches a folder and is killed again and again. */
final class FolderTriggerCrashTest {
  private static final int FILES = 50;
  private static final int KILLS = 20;

  @TempDir private Path folder;
  private final Random random = new Random(20);
  private TestCluster cluster = new TestCluster(Path.of("target"));
  private int arrived;

  @BeforeEach
  void makeFolders() throws IOException {
    cluster = new TestCluster(folder);
    Files.createDirectories(folder.resolve("inbox"));
    cluster.file(
        "routes/arrival.camel.yaml",
        "- beans:\n    - {name: arrival, type: io.bactrian.Arrival}\n");
    cluster.template(
        """
        name: arrived
        namespace_name: demo
        version: "1"
        steps:
          - {name: read, handler: {callable: arrival, initialization: {key: csv_file_path}}}
        """);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  /** Each process is killed a random moment after it has begun to take files. */
  @Test
  void fiftyFilesAreFiftyTasksThoughTheProcessIsKilledTwentyTimes() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      int due = FILES * (kill + 1) / KILLS;
      long before = checkedIn();
      Process serve = serve();
      try {
        while (arrived < due) {
          arrive();
        }
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(2))
            .until(() -> checkedIn() > before);
        boolean unused = serve.waitFor(random.nextInt(25), TimeUnit.MILLISECONDS);
      } finally {
        serve.destroyForcibly().waitFor();
      }
    }
    Process last = serve();
    try {
      await().atMost(Duration.ofMinutes(3)).until(() -> complete() == FILES && inboxIsEmpty());
    } finally {
      last.destroyForcibly().waitFor();
    }

    assertThat(cluster.count("select count(*) from tasks")).isEqualTo(FILES);
    assertThat(
            cluster.count(
                "select count(distinct results -> 'result' ->> 'content') from workflow_steps"))
        .isEqualTo(FILES);
  }

  private void arrive() throws IOException {
    String name = "file-%02d.txt".formatted(arrived);
    Path written = Files.writeString(folder.resolve(name), "content of " + arrived);
    Files.move(written, folder.resolve("inbox").resolve(name));
    arrived++;
  }

  /** How many files have been given their own place so far: the moment before the submission. */
  private long checkedIn() throws IOException {
    Path accepted = folder.resolve("inbox/.accepted");
    if (!Files.exists(accepted)) {
      return 0;
    }
    try (var files = Files.list(accepted)) {
      return files.count();
    }
  }

  private boolean inboxIsEmpty() throws IOException {
    try (var files = Files.list(folder.resolve("inbox"))) {
      return files.allMatch(Files::isDirectory);
    }
  }

  private long complete() {
    return cluster.count("select count(*) from tasks where state = 'complete'");
  }

  private Process serve() throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Bactrian.class.getName(),
                "serve"));
    cluster
        .settings(
            "bactrian.database.url=" + TestDatabase.url(cluster.address),
            "bactrian.api.port=",
            "bactrian.triggers.folder.path=" + folder.resolve("inbox"),
            "bactrian.triggers.folder.settled=10ms",
            "bactrian.triggers.folder.template=demo/arrived")
        .forEach((key, value) -> command.add("-D" + key + "=" + value));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("serve.log").toFile()))
        .start();
  }
}
