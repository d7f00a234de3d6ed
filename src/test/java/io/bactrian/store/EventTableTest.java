package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.task.TaskEvent;
import io.bactrian.task.TaskEvents.Start;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventTableTest {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final UUID TASK = new UUID(0, 1);

  private final Database database = TestDatabase.open();
  private final EventTable events = new EventTable(database);
  private final UUID reader = UUID.randomUUID();

  @BeforeEach
  void makeATask() throws SQLException {
    execute(
        """
        insert into task_templates (namespace, name, version, content_hash, definition)
          values ('demo', 'cities', '1', '', '{}');
        insert into tasks (task_uuid, template_id, context, base_folder)
          select '%s', template_id, '{}', '/' from task_templates;
        """
            .formatted(TASK));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anEventCommittedLateIsHeardAndInOrder() throws SQLException {
    events.take("audit", Start.FIRST, reader, LEASE);
    try (Connection late = database.dataSource().getConnection()) {
      late.setAutoCommit(false);
      insert(late, "late");
      insert("early");
      assertThat(events.next("audit", 10)).as("the smaller row is still open").isEmpty();
      late.commit();
    }

    assertThat(hear()).containsExactly("late", "early");
  }

  @Test
  void anEventOfATransactionThatBeganBeforeButWroteLaterIsHeardToo() throws SQLException {
    events.take("audit", Start.FIRST, reader, LEASE);
    try (Connection late = database.dataSource().getConnection()) {
      late.setAutoCommit(false);
      late.createStatement().execute("select pg_current_xact_id()");
      insert("first");
      insert(late, "of the older transaction");
      late.commit();
    }
    assertThat(hear()).containsExactly("of the older transaction", "first");
    insert("last");

    assertThat(hear()).containsExactly("last");
  }

  @Test
  void aRolledBackTransactionLeavesNoEventAndHoldsNobodyUp() throws SQLException {
    events.take("audit", Start.FIRST, reader, LEASE);
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      insert(other, "never");
      insert("kept");
      other.rollback();
    }

    assertThat(hear()).containsExactly("kept");
  }

  @Test
  void aNewSubscriberBeginsNowUnlessItWantsTheFirst() throws SQLException {
    insert("before");
    events.take("new", Start.NOW, reader, LEASE);
    events.take("all", Start.FIRST, reader, LEASE);
    insert("after");

    assertThat(reasons(events.next("new", 10))).containsExactly("after");
    assertThat(reasons(events.next("all", 10))).containsExactly("before", "after");
  }

  @Test
  void whatWasNotSaidToBeHeardIsGivenAgain() throws SQLException {
    events.take("audit", Start.FIRST, reader, LEASE);
    insert("one");
    insert("two");
    List<TaskEvent> next = events.next("audit", 10);
    events.heard("audit", reader, next.get(0), LEASE);

    assertThat(reasons(events.next("audit", 10))).containsExactly("two");
  }

  @Test
  void oneReaderReadsForASubscriberUntilItLeavesOrItsLeaseEnds() throws SQLException {
    UUID other = UUID.randomUUID();
    insert("one");
    assertThat(events.take("audit", Start.FIRST, reader, LEASE)).isTrue();
    assertThat(events.take("audit", Start.FIRST, other, LEASE)).isFalse();
    execute("update engine_clock set shift = shift + interval '2 minutes'");

    assertThat(events.take("audit", Start.FIRST, other, LEASE)).isTrue();
    assertThat(events.heard("audit", reader, events.next("audit", 1).get(0), LEASE)).isFalse();
    events.leave("audit", other);
    assertThat(events.take("audit", Start.FIRST, reader, LEASE)).isTrue();
  }

  private List<String> hear() {
    List<TaskEvent> next = events.next("audit", 10);
    next.forEach(event -> assertThat(events.heard("audit", reader, event, LEASE)).isTrue());
    return reasons(next);
  }

  private static List<String> reasons(List<TaskEvent> events) {
    return events.stream().map(TaskEvent::reason).toList();
  }

  private void insert(String reason) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      insert(connection, reason);
    }
  }

  private static void insert(Connection connection, String reason) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into task_transitions (task_uuid, to_state, actor, reason)
          values ('%s', 'pending', 'test', '%s')
          """
              .formatted(TASK, reason));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
