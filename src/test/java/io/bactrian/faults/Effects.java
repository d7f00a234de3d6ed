package io.bactrian.faults;

import io.bactrian.step.StepContext;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The handler of the fault suite: each record becomes a row in a table with a unique key and one in
 * a table that takes anything. Counts what it handles in a sequence, which no rollback takes back.
 */
public final class Effects {
  private @Nullable DataSource dataSource;

  public void setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private static final String WRITE =
      """
      with record as (
        select * from unnest(cast(:ordinals as bigint[]), cast(:values as numeric[]))
          as r (ordinal, value)),
      handled as (select count(nextval('records_handled')) from record),
      once as (
        insert into effects_once (task_uuid, ordinal, value, step_uuid, epoch)
        select :task, ordinal, value, :step, :epoch from record)
      insert into effects_log (task_uuid, ordinal, value, step_uuid, epoch)
      select :task, ordinal, value, :step, :epoch from record, handled
      """;

  public Map<String, Object> write(
      List<Map<String, Object>> records, @ExchangeProperty("step") StepContext step) {
    JdbcClient sql = JdbcClient.create(Objects.requireNonNull(dataSource));
    List<Map<String, Object>> usable = usable(records);
    var ordinals =
        usable.stream().map(r -> Long.valueOf((String) r.get("ordinal"))).toArray(Long[]::new);
    var values =
        usable.stream()
            .map(r -> new BigDecimal((String) r.get("value")))
            .toArray(BigDecimal[]::new);
    sql.sql(WRITE)
        .param("ordinals", ordinals)
        .param("values", values)
        .param("task", step.taskUuid())
        .param("step", step.uuid())
        .param("epoch", step.epoch())
        .update();
    if (usable.size() < records.size()) {
      throw step.badRecord(usable.size(), "value is none; allowed: a number");
    }
    pause(sql, step);
    failOnce(ordinals, step);
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal value : values) {
      sum = sum.add(value);
    }
    // In a fixed order: that of Map.of differs from process to process.
    var answer = new LinkedHashMap<String, Object>();
    answer.put("rows", values.length);
    answer.put("sum", sum);
    return answer;
  }

  /** Those before the first bad one: they have their effects by the time it is found. */
  private static List<Map<String, Object>> usable(List<Map<String, Object>> records) {
    return records.stream().takeWhile(record -> !"none".equals(record.get("value"))).toList();
  }

  /** So that a fault can strike while the transaction is open. */
  private static void pause(JdbcClient sql, StepContext step) {
    Optional.ofNullable(step.context().get("pause"))
        .ifPresent(
            seconds ->
                sql.sql("select 1 from pg_sleep(:seconds)")
                    .param("seconds", ((Number) seconds).doubleValue())
                    .query(Integer.class)
                    .single());
  }

  private static void failOnce(Long[] ordinals, StepContext step) {
    if (Objects.equals(step.context().get("fail_once"), true)
        && step.attempt() == 1
        && step.step().endsWith("2")
        && ordinals.length > 0) {
      throw new IllegalStateException("fails once, after its effects");
    }
  }
}
