package io.bactrian.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.json.Json;
import io.bactrian.step.StepLease;
import io.bactrian.template.StepType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads a claimed row. */
final class LeaseRow {
  private LeaseRow() {}

  static StepLease read(ResultSet row, int number) throws SQLException {
    return new StepLease(
        row.getObject("step_uuid", UUID.class),
        row.getObject("task_uuid", UUID.class),
        row.getString("name"),
        row.getString("template_step"),
        StepType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
        row.getString("route_id"),
        row.getInt("attempts"),
        row.getInt("max_attempts"),
        row.getInt("epoch"),
        row.getBoolean("limited"),
        Json.readObject(row.getString("inputs")),
        Json.readObject(row.getString("context")),
        row.getString("base_folder"),
        row.getInt("expected"),
        Optional.ofNullable(row.getString("trace_parent")),
        checkpoint(row));
  }

  private static Optional<Checkpoint> checkpoint(ResultSet row) throws SQLException {
    String partial = row.getString("partial");
    if (partial == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Checkpoint(
            row.getLong("position"),
            row.getLong("byte_offset"),
            Json.readObject(partial),
            row.getLong("records_read"),
            row.getLong("records_written"),
            row.getLong("records_filtered"),
            row.getLong("records_rejected"),
            row.getLong("range_crc"),
            Optional.ofNullable(row.getString("cursor")).map(Json::readTree).map(LeaseRow::value)));
  }

  private static Object value(JsonNode json) {
    return Json.MAPPER.convertValue(json, Object.class);
  }
}
