package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/**
 * The records of a file that have another number of fields than its header, or than its first
 * record where it has no header.
 *
 * @param count how many
 * @param first ordinal of the first of them
 * @param offset byte offset of the first of them
 * @param fields how many fields that one has
 * @param columns how many it should have
 */
public record RaggedRecords(long count, long first, long offset, int fields, int columns) {

  /**
   * Looks for them in one pass.
   *
   * @return empty when there are none
   * @throws CsvException if a record is no text in the dialect's charset
   */
  public static Optional<RaggedRecords> find(Plan plan) {
    try (FileChannel channel = FileBytes.open(plan.file());
        var window = new ChunkWindow(channel, plan.dialect())) {
      var view = new RecordView(plan.file(), plan.dialect(), List.of(), false, window);
      window.begin(plan.dataStart(), plan.dataEnd());
      view.begin(1);
      int columns = plan.header().size();
      Optional<RaggedRecords> found = Optional.empty();
      while (view.next()) {
        columns = columns == 0 ? view.fieldCount() : columns;
        if (view.fieldCount() != columns) {
          found = Optional.of(one(found, view, columns));
        }
      }
      return found;
    } catch (IOException e) {
      throw new CsvReadException(plan.file(), e);
    }
  }

  private static RaggedRecords one(Optional<RaggedRecords> before, RecordView view, int columns) {
    return before
        .map(r -> new RaggedRecords(r.count + 1, r.first, r.offset, r.fields, columns))
        .orElseGet(
            () -> new RaggedRecords(1, view.ordinal(), view.offset(), view.fieldCount(), columns));
  }
}
