package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.csv.RecordView;
import io.bactrian.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that cannot be used are set aside, and all others have their effect once. */
final class RejectsTest {
  private static final String BAD = "a,1\nb,2\nc\nd,many\ne,-5\nf,6\n\"g\n\",7,7\nh,8";

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));

  /** A record in the form of a Java record. */
  public record Item(String name, int pieces) {}

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "maps, a whole number",
    "views, a whole number such as 12",
    "io.bactrian.RejectsTest$Item, a whole number within int"
  })
  void whatCannotBeUsedIsSetAsideByteForByteInEveryForm(String rows, String whole) {
    UUID task = run("rows: " + rows, 1, "name,pieces\n" + BAD);

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(rejects())
        .containsExactly(
            "3@20 'c\n' found 1 fields, column pieces is missing; allowed: 2, one for each column of the header",
            "4@22 'd,many\n' column pieces: found 'many'; allowed: " + whole,
            "5@29 'e,-5\n' pieces is -5; allowed: 0 and more",
            "7@38 '\"g\n\",7,7\n' found 3 fields, there is a field after column pieces; allowed: 2, one for each column of the header");
    assertThat(effects()).containsExactly("a", "b", "f", "h");
    assertThat(cluster.step(task, "work_001").results().orElseThrow().get("result"))
        .isEqualTo(Map.of("rows", 4, "pieces", 17));
    assertThat(ledger()).isEqualTo("8 = 4 + 0 + 4");
  }

  @Test
  void aRangeOfNothingButBadRecordsIsDone() {
    UUID task = run("rows: views", 3, "name,pieces\n" + "x\n".repeat(5));

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(rejects()).hasSize(5);
    assertThat(ledger()).isEqualTo("5 = 0 + 0 + 5");
    assertThat(cluster.step(task, "work_001").results().orElseThrow().get("result"))
        .as("its handler was not called")
        .isEqualTo(Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 30, COMPLETE",
    "2, 30, BLOCKED_BY_FAILURES",
    "0, 30, BLOCKED_BY_FAILURES",
    "10%, 30, COMPLETE",
    "9.99%, 30, BLOCKED_BY_FAILURES",
    "10%, 29, BLOCKED_BY_FAILURES"
  })
  void aTaskMaySetAsManyRecordsAsideAsItsTemplateSays(String most, int records, TaskState end) {
    UUID task =
        run(
            "max_rejects: " + most,
            5,
            IntStream.range(0, records)
                .mapToObj(i -> i % 10 == 3 ? "bad" : "n%d,1".formatted(i))
                .collect(Collectors.joining("\n", "name,pieces\n", "\n")));

    assertThat(cluster.atRest(task)).isEqualTo(end);
    if (end == TaskState.COMPLETE) {
      assertThat(rejects()).hasSize(3);
      assertThat(effects()).hasSize(records - 3);
    } else {
      assertThat(rejects()).hasSizeLessThan(3);
      assertThat(errors(task))
          .isNotEmpty()
          .allSatisfy(
              error ->
                  assertThat(error)
                      .contains(
                          "found 1 fields",
                          "more records of this task aside than max_rejects; allowed: "));
    }
  }

  @Test
  void aWorkerThatReadsNoFileCannotSetAside() {
    Scripted.define("split", call -> Scripted.oneWorker("a", "b"));
    Scripted.define("take", call -> Map.of());
    cluster.template(
        """
        name: none
        namespace_name: demo
        version: "1"
        steps:
          - {name: plan, type: batchable, handler: {callable: scripted, initialization: {script: split}}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            on_bad_row: reject
            handler: {callable: scripted, initialization: {script: take}}
        """);
    cluster.serve();
    UUID task = cluster.submit("demo/none", Map.of());

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(errors(task))
        .singleElement()
        .asString()
        .contains("on_bad_row: reject", "not one of a planned file; allowed there: fail");
  }

  private List<String> errors(UUID task) {
    return cluster.steps(task).stream()
        .flatMap(step -> cluster.attempts(step.uuid()).stream())
        .filter(attempt -> attempt.contains("failed"))
        .toList();
  }

  private String ledger() {
    return cluster
        .sql
        .sql(
            "select sum(records_read) || ' = ' || sum(records_written) || ' + '"
                + " || sum(records_filtered) || ' + ' || sum(records_rejected) from checkpoints")
        .query(String.class)
        .single();
  }

  private List<String> rejects() {
    return cluster
        .sql
        .sql("select ordinal, byte_offset, record, reason from rejects order by ordinal")
        .query(
            (row, n) ->
                "%d@%d '%s' %s"
                    .formatted(
                        row.getLong(1),
                        row.getLong(2),
                        new String(row.getBytes(3), StandardCharsets.UTF_8),
                        row.getString(4)))
        .list();
  }

  private List<String> effects() {
    return cluster.sql.sql("select name from effects order by name").query(String.class).list();
  }

  private UUID run(String keys, int workers, String csv) {
    Scripted.define("take", RejectsTest::take);
    cluster.template(
        """
        name: file
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {max_workers: %d, batch_size: 2}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            on_bad_row: reject
            %s
            handler: {callable: scripted, initialization: {script: take}}
        """
            .formatted(workers, keys));
    cluster.serve();
    cluster.sql.sql("create table effects (name text not null)").update();
    Path file = cluster.file("input.csv", csv);
    return cluster.submit("demo/file", Map.of("csv_file_path", file.toString()));
  }

  /** Writes the names down, adds the pieces up, refuses negative ones. */
  private static Map<String, Object> take(Scripted.Call call) throws Exception {
    var names = new ArrayList<String>();
    int pieces = 0;
    int index = 0;
    for (Object found : (Iterable<?>) call.body()) {
      Item item = item(call, found, index++);
      names.add(item.name());
      pieces += item.pieces();
      try (var connection = call.dataSource().getConnection();
          var insert = connection.prepareStatement("insert into effects values (?)")) {
        insert.setString(1, item.name());
        insert.executeUpdate();
      }
    }
    return Map.of("rows", names.size(), "pieces", pieces);
  }

  private static Item item(Scripted.Call call, Object found, int index) {
    if (found instanceof RecordView view) {
      int pieces = (int) view.integer(1);
      if (pieces < 0) {
        throw view.bad(negative(pieces));
      }
      return new Item(view.text(0), pieces);
    }
    Item item = found instanceof Map<?, ?> map ? ofMap(call, map, index) : (Item) found;
    if (item.pieces() < 0) {
      throw call.step().badRecord(index, negative(item.pieces()));
    }
    return item;
  }

  private static Item ofMap(Scripted.Call call, Map<?, ?> map, int index) {
    String pieces = String.valueOf(map.get("pieces"));
    if (!pieces.matches("-?[0-9]+")) {
      throw call.step()
          .badRecord(index, "column pieces: found '%s'; allowed: a whole number".formatted(pieces));
    }
    return new Item(String.valueOf(map.get("name")), Integer.parseInt(pieces));
  }

  private static String negative(int pieces) {
    return "pieces is %d; allowed: 0 and more".formatted(pieces);
  }
}
