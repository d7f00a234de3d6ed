package io.bactrian.cli;

import io.bactrian.task.RejectedRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells rejected records to people and to programs. */
final class RejectReport {
  private RejectReport() {}

  static void table(Screen screen, List<RejectedRecord> records) {
    var table =
        new Table()
            .column("STEP", Table.Kind.LEFT_OUT)
            .column("ORDINAL", Table.Kind.WHOLE)
            .column("BYTE", Table.Kind.LEFT_OUT_FIRST)
            .column("REASON", Table.Kind.CUT);
    for (RejectedRecord record : records) {
      table.row(
          record.step(), record.ordinal(), record.byteOffset(), Printable.of(record.reason()));
    }
    table.print(screen);
  }

  /** The records that are shown, of how many. */
  static Map<String, Object> map(UUID task, long total, List<RejectedRecord> records) {
    var document = new LinkedHashMap<String, Object>();
    document.put("task_uuid", task.toString());
    document.put("rejected", total);
    document.put("rejects", records.stream().map(RejectReport::map).toList());
    return document;
  }

  private static Map<String, @Nullable Object> map(RejectedRecord record) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    String base64 = record.content().base64();
    map.put("step", record.step());
    map.put("template_step", record.templateStep());
    map.put("ordinal", record.ordinal());
    map.put("byte_offset", record.byteOffset());
    map.put("reason", record.reason());
    map.put("record", record.content().text());
    map.put("record_base64", base64.isEmpty() ? null : base64);
    map.put("record_bytes", record.content().length());
    map.put("created_at", record.createdAt().toString());
    return map;
  }

  /** The file that was written, if there was anything to write. */
  static Map<String, @Nullable Object> file(UUID task, long total, Path file, long bytes) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("task_uuid", task.toString());
    document.put("rejected", total);
    document.put("file", total == 0 ? null : file.toString());
    document.put("bytes", bytes);
    return document;
  }
}
