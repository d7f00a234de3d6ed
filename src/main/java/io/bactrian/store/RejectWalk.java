package io.bactrian.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;

/**
 * The rejected records of some workers as bytes, in batch order, then by ordinal. Read by key and a
 * bounded number of bytes at a time, each in a transaction of its own; holds no more. Not thread
 * safe.
 */
final class RejectWalk implements Iterator<byte[]> {
  private static final int ROWS = 1000;
  private static final long BYTES = 1 << 20;

  private final Database database;
  private final UUID task;
  private final RejectReads.Workers workers;
  private final Deque<Row> read = new ArrayDeque<>();
  private int batch;
  private long ordinal;
  private boolean isAtEnd;

  RejectWalk(Database database, UUID task, RejectReads.Workers workers) {
    this.database = database;
    this.task = task;
    this.workers = workers;
    this.batch = workers.first();
  }

  @SuppressWarnings("ArrayRecordComponent") // Rows are not compared.
  private record Row(int batch, long ordinal, byte[] record) {}

  @Override
  public boolean hasNext() {
    if (read.isEmpty() && !isAtEnd) {
      read.addAll(next(batch, ordinal));
      isAtEnd = read.isEmpty();
    }
    return !read.isEmpty();
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no rejected record is left");
    }
    Row row = read.remove();
    batch = row.batch();
    ordinal = row.ordinal();
    return row.record();
  }

  /** The lateral join reads worker after worker in their order, and stops at the limit. */
  private static final String NEXT =
      """
      with next as (
        select s.batch_index, r.ordinal, r.record
        from workflow_steps s
        cross join lateral (
          select ordinal, record from rejects
          where step_uuid = s.step_uuid
            and ordinal > case when s.batch_index = :batch then :ordinal else 0 end
          order by ordinal limit :rows) r
        where s.task_uuid = :task and s.position = :position
          and s.batch_index between :batch and :last
        order by s.batch_index, r.ordinal limit :rows),
      sized as (
        select batch_index, ordinal, record,
               sum(octet_length(record)) over (order by batch_index, ordinal)
                 - octet_length(record) as before
        from next)
      select batch_index, ordinal, record from sized where before < :bytes
      order by batch_index, ordinal
      """;

  private List<Row> next(int fromBatch, long afterOrdinal) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(NEXT)
                .param("task", task)
                .param("position", workers.position())
                .param("batch", fromBatch)
                .param("ordinal", afterOrdinal)
                .param("last", workers.last())
                .param("rows", ROWS)
                .param("bytes", BYTES)
                .query(
                    (row, n) ->
                        new Row(
                            row.getInt("batch_index"),
                            row.getLong("ordinal"),
                            row.getBytes("record")))
                .list());
  }
}
