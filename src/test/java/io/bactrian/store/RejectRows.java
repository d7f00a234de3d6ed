package io.bactrian.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Sets records of a task aside as a worker would that has written them already. */
public final class RejectRows {
  private final JdbcClient sql;

  public RejectRows(DatabaseAddress address) {
    sql =
        JdbcClient.create(
            new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password()));
  }

  public void insert(UUID task, String worker, long ordinal, String record) {
    insert(task, worker, ordinal, record.getBytes(StandardCharsets.UTF_8));
  }

  /** One record; it is bad for its ordinal, and stands at a hundred times of it. */
  public void insert(UUID task, String worker, long ordinal, byte[] record) {
    int rows =
        sql.sql(
                """
                with worker as (
                  select step_uuid from workflow_steps where task_uuid = :task and name = :worker),
                counted as (
                  update checkpoints set records_written = records_written - 1,
                    records_rejected = records_rejected + 1
                  where step_uuid in (select step_uuid from worker))
                insert into rejects (step_uuid, ordinal, byte_offset, record, reason)
                select step_uuid, :ordinal, 100 * :ordinal, :record,
                       'record ' || :ordinal || ' is bad'
                from worker
                """)
            .param("task", task)
            .param("worker", worker)
            .param("ordinal", ordinal)
            .param("record", record)
            .update();
    if (rows != 1) {
      throw new IllegalArgumentException("task %s has no worker %s".formatted(task, worker));
    }
  }

  /** Makes a worker one of another step of the template. */
  public void move(UUID task, String worker, String templateStep) {
    int unused =
        sql.sql(
                """
                update workflow_steps set template_step = :step, position = position + 100
                where task_uuid = :task and name = :worker
                """)
            .param("task", task)
            .param("worker", worker)
            .param("step", templateStep)
            .update();
  }
}
