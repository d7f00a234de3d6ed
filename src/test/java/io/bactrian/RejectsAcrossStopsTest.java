package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.cli.Engine;
import io.bactrian.task.By;
import io.bactrian.task.Effect;
import io.bactrian.task.TaskState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ends within a chunk with bad records, and goes on later: none is lost or doubled. */
final class RejectsAcrossStopsTest {
  private static final By ANNA = new By("user:anna", "a test");
  private static final int STOPS = 4;
  private static final String ONE_AT_A_TIME = "bactrian.node.slots=1";
  private static final String RUNNING =
      "select count(*) from workflow_steps where state = 'in_progress'";

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private Path file = Path.of("input.csv");
  private final Deque<Engine> engines = new ArrayDeque<>();

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
    var text = new StringBuilder("name,value\n");
    file()
        .forEach(
            (name, bad) ->
                text.append(bad.isEmpty() ? name + "," + name.substring(1) + "\n" : bad));
    file = cluster.file("input.csv", text.toString());
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aPauseWithinAChunkLosesAndDoublesNothing() {
    var stops = new Stops();
    UUID task = submit(stops);
    for (int n = 1; n <= STOPS; n++) {
      stops.await(n);
      Effect unused = engine().operations().pause(task, ANNA);
      await().atMost(TestCluster.LONG).until(() -> cluster.count(RUNNING) == 0);
      checkWhatIsDone();
      unused = engine().operations().unpause(task, ANNA);
    }

    checkComplete(task);
  }

  @Test
  void aDrainWithinAChunkLosesAndDoublesNothing() {
    var stops = new Stops();
    UUID task = submit(stops);
    for (int n = 1; n <= STOPS; n++) {
      stops.await(n);
      engine().close();
      checkWhatIsDone();
      engines.push(cluster.serve(ONE_AT_A_TIME));
    }

    checkComplete(task);
  }

  @Test
  void aFileThatIsEditedWithinAChunkAndPutBackLosesAndDoublesNothing() throws Exception {
    byte[] planned = Files.readAllBytes(file);
    UUID task =
        submit(
            call -> {
              Map<String, Object> answer = write(call);
              if ("n43".equals(call.records().get(0).get("name"))) {
                overwrite("n60,bad", "n60,bat");
              }
              return answer;
            });

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    checkWhatIsDone();
    assertThat(cluster.attempts(cluster.step(task, "work_002").uuid()))
        .singleElement()
        .asString()
        .contains("input changed since it was planned");
    Files.write(file, planned);
    Scripted.define("take", RejectsAcrossStopsTest::write);
    Effect unused = engine().operations().retry(task, ANNA);
    checkComplete(task);
  }

  private Engine engine() {
    return Objects.requireNonNull(engines.peek());
  }

  /** A handler whose third call, and sixth and so on, waits until its run is told to end. */
  private static final class Stops implements Scripted.Script {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger reached = new AtomicInteger();

    @Override
    public Map<String, Object> run(Scripted.Call call) throws Exception {
      if (calls.incrementAndGet() % 3 == 0 && reached.get() < STOPS) {
        reached.incrementAndGet();
        Awaitility.await().atMost(TestCluster.LONG).until(() -> call.step().isEnding());
      }
      return write(call);
    }

    void await(int stop) {
      Awaitility.await().atMost(TestCluster.LONG).until(() -> reached.get() == stop);
    }
  }

  /** A handler whose effects of the records before a bad one are written when it is found. */
  private static Map<String, Object> write(Scripted.Call call) throws SQLException {
    int index = 0;
    for (Map<String, Object> item : call.records()) {
      if ("bad".equals(item.get("value"))) {
        throw call.step().badRecord(index, "value is bad");
      }
      try (Connection connection = call.dataSource().getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into effects values (?)")) {
        insert.setString(1, String.valueOf(item.get("name")));
        insert.executeUpdate();
      }
      index++;
    }
    return Map.of("rows", index);
  }

  private UUID submit(Scripted.Script script) {
    Scripted.define("take", script);
    cluster.template(
        """
        name: file
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 30, max_workers: 2}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            on_bad_row: reject
            max_rejects: 9
            checkpoint: {interval: 30}
            handler: {callable: scripted, initialization: {script: take}}
        """);
    engines.push(cluster.serve(ONE_AT_A_TIME));
    cluster.sql.sql("create table effects (name text not null)").update();
    return cluster.submit("demo/file", Map.of("csv_file_path", file.toString()));
  }

  private void overwrite(String old, String text) throws IOException {
    int at = Files.readString(file).indexOf(old);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      int unused = channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), at);
    }
  }

  private void checkComplete(UUID task) {
    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    checkWhatIsDone();
    assertThat(found()).isEqualTo(file());
  }

  /** As many as are counted, each once, and as they stand in the file. */
  private void checkWhatIsDone() {
    Map<String, String> found = found();
    assertThat(file()).containsAllEntriesOf(found);
    assertThat(cluster.count("select coalesce(sum(records_read), 0) from checkpoints"))
        .isEqualTo(found.size());
    assertThat(cluster.count("select sum(rejected) from reject_budgets"))
        .isEqualTo(found.values().stream().filter(line -> !line.isEmpty()).count());
  }

  /** The line of each record that was set aside, nothing for one that has its effect. */
  private Map<String, String> found() {
    var found = new HashMap<String, String>();
    cluster
        .sql
        .sql(
            "select name, '' from effects union all select split_part(convert_from(record, 'UTF8'), ',', 1), convert_from(record, 'UTF8') from rejects")
        .query(
            row -> {
              assertThat(found.put(row.getString(1), row.getString(2)))
                  .as("%s twice", row.getString(1))
                  .isNull();
            });
    return found;
  }

  private static Map<String, String> file() {
    var all = new LinkedHashMap<String, String>();
    for (int n = 1; n <= 60; n++) {
      boolean isBad = n == 3 || n == 4 || n == 25 || n == 30 || (n > 38 && n < 43) || n == 60;
      all.put("n" + n, isBad ? "n%d,bad\n".formatted(n) : "");
    }
    return all;
  }
}
