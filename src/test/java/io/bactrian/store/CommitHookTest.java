package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every commit has a name and a hook. */
final class CommitHookTest {
  private final List<String> heard = new ArrayList<>();
  private final DatabaseAddress address = TestDatabase.create();
  private final Database database =
      Database.open(
          () -> address,
          2,
          new CommitHook() {
            @Override
            public void before(Fact fact) {
              heard.add("before " + fact);
            }

            @Override
            public void after(Fact fact) {
              heard.add("after " + fact);
            }
          });

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void sqlOutsideOfANamedTransactionIsRefused() {
    assertThatThrownBy(database::jdbc)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Database.commit");
  }

  @Test
  void aReadCannotWrite() {
    assertThatThrownBy(() -> database.read(() -> database.jdbc().sql("delete from nodes").update()))
        .hasMessageContaining("read-only transaction");
  }

  @Test
  void theHookIsToldBeforeAndAfterEachCommitAndNotOfReads() {
    database.awaitReady();
    new NodeTable(database).register(UUID.randomUUID(), "here", 1, Duration.ofSeconds(1));
    int unused =
        database.read(
            () -> database.jdbc().sql("select count(*) from nodes").query(Integer.class).single());

    assertThat(heard)
        .containsExactly(
            "before MIGRATE", "after MIGRATE", "before REGISTER_NODE", "after REGISTER_NODE");
  }

  @Test
  void whatTheHookThrowsBeforeACommitRollsBack() {
    Database stopped =
        Database.open(
            () -> address,
            2,
            new CommitHook() {
              @Override
              public void before(Fact fact) {
                if (fact == Fact.REGISTER_NODE) {
                  throw new IllegalStateException("stopped here");
                }
              }
            });
    try (stopped) {
      assertThatThrownBy(
              () ->
                  new NodeTable(stopped)
                      .register(UUID.randomUUID(), "here", 1, Duration.ofSeconds(1)))
          .hasMessage("stopped here");
    }
    assertThat(
            JdbcClient.create(database.dataSource())
                .sql("select count(*) from nodes")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void aTransactionTakesNoConnectionBeforeItsFirstSql() {
    database.awaitReady();
    var beside =
        JdbcClient.create(
            new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password()));
    String held =
        "select count(*) from pg_stat_activity"
            + " where datname = current_database() and state = 'idle in transaction'";
    new TransactionTemplate(database.transactions())
        .executeWithoutResult(
            status -> {
              assertThat(beside.sql(held).query(Integer.class).single()).isZero();
              int unused = database.jdbc().sql("select 1").query(Integer.class).single();
              assertThat(beside.sql(held).query(Integer.class).single()).isOne();
            });
  }

  @Test
  void theTransactionOfARouteIsNamedForWhatJoinsItLast() {
    database.awaitReady();
    heard.clear();
    var route = new TransactionTemplate(database.transactions());
    route.executeWithoutResult(status -> database.jdbc().sql("select 1").query().singleValue());
    route.executeWithoutResult(
        status -> {
          new NodeTable(database).call();
          database.commit(Fact.CHECKPOINT, () -> {});
        });

    assertThat(heard)
        .containsExactly("before ROUTE", "after ROUTE", "before CHECKPOINT", "after CHECKPOINT");
  }

  @Test
  void theTransactionOfARouteWithoutSqlIsNoCommit() {
    database.awaitReady();
    heard.clear();
    var checkpoints = new CheckpointTable(database);
    var route = new TransactionTemplate(database.transactions());

    route.executeWithoutResult(status -> assertThat(checkpoints.isAwaited()).isFalse());

    assertThat(heard).isEmpty();
  }

  @Test
  void whoUsesOrAwaitsTheTransactionOfARouteAwaitsItsCheckpoint() {
    database.awaitReady();
    var checkpoints = new CheckpointTable(database);
    var route = new TransactionTemplate(database.transactions());
    var handler = JdbcClient.create(database.dataSource());

    route.executeWithoutResult(
        status -> {
          assertThat(handler.sql("select 1").query().singleValue()).isEqualTo(1);
          assertThat(checkpoints.isAwaited()).isTrue();
        });
    route.executeWithoutResult(
        status -> {
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {});
          assertThat(checkpoints.isAwaited()).isTrue();
        });
  }
}
