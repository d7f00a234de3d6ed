package io.bactrian.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchWorkerContextTest {

  @Test
  void theInputsOfAWorkerAreReadBack() {
    CursorConfig cursor = Cursors.ofRows(List.of(new Cursors.Rows(1, 201, 102, 45310))).get(0);
    Map<String, Object> inputs =
        BatchWorkerInputs.of(cursor, Map.of("operation", "inventory_analysis")).toMap();

    assertThat(Json.write(inputs))
        .isEqualTo(
            "{\"cursor\":{\"batch_id\":\"001\",\"start_cursor\":1,\"end_cursor\":201,\"batch_size\":200,"
                + "\"start_offset\":102,\"end_offset\":45310},"
                + "\"batch_metadata\":{\"cursor_field\":\"row_number\",\"failure_strategy\":\"continue_on_failure\"},"
                + "\"is_no_op\":false,\"operation\":\"inventory_analysis\"}");
    var context = BatchWorkerContext.from(Json.readObject(Json.write(inputs)));
    assertThat(context.batchId()).isEqualTo("001");
    assertThat(context.startPosition()).isEqualTo(1);
    assertThat(context.endPosition()).isEqualTo(201);
    assertThat(context.isNoOp()).isFalse();
    assertThat(context.checkpoint()).isEmpty();
    assertThat(context.batchMetadata()).containsEntry("cursor_field", "row_number");
  }

  @Test
  void aCheckpointIntervalIsHundredWhereAbsent() {
    var cursor = Map.of("batch_id", "x", "start_cursor", 1, "end_cursor", 2);

    assertThat(BatchWorkerContext.from(Map.of("cursor", cursor)).checkpointInterval())
        .isEqualTo(100);
    assertThat(
            BatchWorkerContext.from(
                    Map.of("cursor", cursor, "batch_metadata", Map.of("checkpoint_interval", 7)))
                .checkpointInterval())
        .isEqualTo(7);
  }

  @Test
  void positionsAreZeroWhereTheCursorIsNoWholeNumber() {
    var context =
        BatchWorkerContext.from(
            Map.of("cursor", Map.of("batch_id", "x", "start_cursor", "a", "end_cursor", 2.5)));

    assertThat(context.startPosition()).isZero();
    assertThat(context.endPosition()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch_id", "start_cursor", "end_cursor"})
  void aMissingKeyOfTheCursorIsAnErrorWithItsName(String missing) {
    var cursor =
        new java.util.HashMap<String, Object>(
            Map.of("batch_id", "1", "start_cursor", 1, "end_cursor", 2));
    cursor.remove(missing);

    assertThatThrownBy(() -> BatchWorkerContext.from(Map.of("cursor", cursor)))
        .isInstanceOf(InvalidOutcome.class)
        .hasMessageContaining("no " + missing);
  }

  @Test
  void aMissingCursorIsAnError() {
    assertThatThrownBy(() -> BatchWorkerContext.from(Map.of("is_no_op", false)))
        .hasMessageContaining("no cursor");
  }

  @Test
  void aNoOpNeedsNoCursorAndSaysSo() {
    var context = BatchWorkerContext.from(Map.of("is_no_op", true));

    assertThat(context.batchId()).isEqualTo("unknown");
    assertThat(context.cursor()).isEmpty();
    assertThat(context.startPosition()).isZero();
    assertThat(Json.write(context.noOpResult()))
        .isEqualTo("{\"no_op\":true,\"reason\":\"NoBatches scenario\",\"batch_id\":\"unknown\"}");
  }

  @Test
  void aNoOpThatHasABatchIdTellsIt() {
    var context =
        BatchWorkerContext.from(Map.of("is_no_op", true, "cursor", Map.of("batch_id", "000")));

    assertThat(context.noOpResult()).containsEntry("batch_id", "000");
  }

  @Test
  void jacksonWritesInputsAsTheyStandInTheDatabase() {
    var inputs =
        BatchWorkerInputs.of(
            new CursorConfig("001", 1, 201, 200, Map.of("start_offset", 85)),
            Map.of("operation", "inventory_analysis"));

    assertThat(Json.write(inputs))
        .isEqualTo(
            "{\"cursor\":{\"batch_id\":\"001\",\"start_cursor\":1,\"end_cursor\":201,\"batch_size\":200,\"start_offset\":85},"
                + "\"batch_metadata\":{\"cursor_field\":\"row_number\",\"failure_strategy\":\"continue_on_failure\"},"
                + "\"is_no_op\":false,\"operation\":\"inventory_analysis\"}");
  }
}
