package io.bactrian.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bactrian.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchProcessingOutcomeTest {
  private static final String TWO =
      """
      {"type":"create_batches","worker_template_name":"w","worker_count":2,"cursor_configs":[\
      {"batch_id":"001","start_cursor":1,"end_cursor":3,"batch_size":2,"start_offset":10,"end_offset":30},\
      {"batch_id":"002","start_cursor":3,"end_cursor":4,"batch_size":1}],"total_items":3}""";

  @Test
  void noBatchesIsWrittenAndRead() throws Exception {
    BatchProcessingOutcome none = BatchProcessingOutcome.noBatches();

    assertThat(Json.write(none)).isEqualTo("{\"type\":\"no_batches\"}");
    assertThat(none.requiresBatchCreation()).isFalse();
    assertThat(
            new ObjectMapper().readValue("{\"type\":\"no_batches\"}", BatchProcessingOutcome.class))
        .isEqualTo(none);
  }

  @Test
  void createBatchesIsReadAndWrittenTheSame() throws Exception {
    BatchProcessingOutcome read = Json.MAPPER.readValue(TWO, BatchProcessingOutcome.class);

    assertThat(read.requiresBatchCreation()).isTrue();
    assertThat(Json.write(read)).isEqualTo(TWO);
    assertThat(new ObjectMapper().writeValueAsString(read)).isEqualTo(TWO);
  }

  @Test
  void concreteTypesAreReadToo() throws Exception {
    assertThat(Json.MAPPER.readValue(TWO, BatchProcessingOutcome.CreateBatches.class).workerCount())
        .isEqualTo(2);
  }

  @Test
  void anOutcomeStandsInTheStepsResult() {
    assertThat(BatchProcessingOutcome.ofResult(Map.of("total_rows", 0))).isEmpty();
    assertThat(
            BatchProcessingOutcome.ofResult(
                Map.of("batch_processing_outcome", Map.of("type", "no_batches"))))
        .contains(BatchProcessingOutcome.noBatches());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "type":"create_batches" | "type":"create_baches" | type is "create_baches"; allowed: no_batches
          "type":"create_batches", | '' | type is missing
          "worker_count":2 | "worker_count":3 | worker_count is 3; allowed: at least 1, and the number of cursor_configs, 2
          "worker_count":2 | "worker_count":0 | worker_count is 0; allowed: at least 1
          "worker_count":2 | "worker_count":"2" | worker_count is "2"; allowed: a whole number
          "worker_count":2, | '' | worker_count is missing
          "worker_template_name":"w", | '' | worker_template_name is missing
          "total_items":3 | "total_items":4 | total_items is 4; allowed: what the cursors cover together, 3
          "total_items":3 | "total_items":-1 | total_items is -1; allowed: at least 0
          "batch_id":"002" | "batch_id":"001" | cursor_configs[1].batch_id is '001' again
          "batch_id":"002", | '' | cursor_configs[1].batch_id is missing
          "end_cursor":4,"batch_size":1 | "end_cursor":4,"batch_size":-1 | cursor_configs[1].batch_size is -1; allowed: at least 0
          "end_cursor":4,"batch_size":1 | "end_cursor":4,"batch_size":2 | cursor_configs[1].batch_size is 2; allowed: end_cursor - start_cursor, 1
          "start_cursor":3,"end_cursor":4,"batch_size":1 | "start_cursor":4,"end_cursor":3,"batch_size":1 | cursor_configs[1].end_cursor is 3; allowed: at least start_cursor, 4
          "start_cursor":3,"end_cursor":4,"batch_size":1 | "start_cursor":2,"end_cursor":3,"batch_size":1 | cursor_configs[1].start_cursor is 2 and overlaps batch '001'
          "start_cursor":3, | '' | cursor_configs[1].start_cursor is missing
          """)
  void aBadOutcomeSaysWhatIsWrong(String good, String bad, String message) {
    String json = TWO.replace(good, bad);

    assertThat(json).isNotEqualTo(TWO);
    assertThatThrownBy(() -> OutcomeReader.read(Json.readTree(json)))
        .isInstanceOf(InvalidOutcome.class)
        .hasMessageContaining(message);
  }

  @Test
  void anEmptyPartInBetweenHidesNoOverlap() {
    List<CursorConfig> cursors =
        List.of(
            new CursorConfig("a", 1, 10, 9),
            new CursorConfig("b", 5, 5, 0),
            new CursorConfig("c", 6, 12, 6));

    assertThatThrownBy(() -> BatchProcessingOutcome.createBatches("w", cursors, 15))
        .isInstanceOf(InvalidOutcome.class)
        .hasMessageContaining("cursor_configs[2].start_cursor is 6 and overlaps batch 'a'");
  }

  @Test
  void cursorsThatAreNoNumbersAreCarriedUntouched() {
    String json =
        """
        {"type":"create_batches","worker_template_name":"w","worker_count":2,"cursor_configs":[\
        {"batch_id":"a","start_cursor":"2026-01-01T00:00:00Z","end_cursor":"2026-02-01T00:00:00Z","batch_size":10},\
        {"batch_id":"b","start_cursor":{"k":1.50},"end_cursor":{"k":2.00},"batch_size":5}],"total_items":99}""";

    assertThat(Json.write(OutcomeReader.read(Json.readTree(json)))).isEqualTo(json);
  }

  @Test
  void idsOfTheEngineHaveThreeDigitsOrAsManyAsTheirNumberNeeds() {
    assertThat(Cursors.ofRows(rows(5))).extracting(CursorConfig::batchId).startsWith("001");
    assertThat(Cursors.ofRows(rows(1000)))
        .extracting(CursorConfig::batchId)
        .startsWith("0001")
        .endsWith("1000");
  }

  private static List<Cursors.Rows> rows(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> new Cursors.Rows(i + 1, i + 2, i, i + 1))
        .toList();
  }
}
