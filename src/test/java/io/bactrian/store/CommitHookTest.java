package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionDefinition;
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
    var beside = JdbcClient.create(beside());
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
  void aTransactionThatIsRunAgainMakesTrueWhatItsLastRunDid() {
    database.awaitReady();
    heard.clear();
    var runs = new AtomicInteger();
    database.commit(
        Fact.COMPLETE,
        () -> {
          database.alsoMakes(Fact.CHECKPOINT);
          database.alsoMakes(Fact.CHECKPOINT);
          if (runs.incrementAndGet() == 1) {
            throw new CannotAcquireLockException("a deadlock");
          }
        });

    assertThat(heard)
        .containsExactly(
            "before CHECKPOINT",
            "before CHECKPOINT",
            "before COMPLETE",
            "after CHECKPOINT",
            "after CHECKPOINT",
            "after COMPLETE");
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

  /** As a handler does that is transacted in a second database and writes into this one too. */
  @Test
  void useInsideTheTransactionOfAnotherManagerIsUse() {
    createEffects();
    heard.clear();
    var checkpoints = new CheckpointTable(database);
    var route = new TransactionTemplate(database.transactions());
    var elsewhere = new TransactionTemplate(new DataSourceTransactionManager(beside()));
    var handler = JdbcClient.create(database.dataSource());

    route.executeWithoutResult(
        status -> {
          elsewhere.executeWithoutResult(other -> write(handler));
          assertThat(checkpoints.isAwaited()).isTrue();
          status.setRollbackOnly();
        });
    assertThat(effects()).as("it was this transaction's").isZero();
    route.executeWithoutResult(status -> elsewhere.executeWithoutResult(other -> write(handler)));

    assertThat(heard).containsExactly("before ROUTE", "after ROUTE");
    assertThat(effects()).isOne();
  }

  @Test
  void useInsideATransactionOfItsOwnIsNoUseOfTheOneAround() {
    createEffects();
    var checkpoints = new CheckpointTable(database);
    var route = new TransactionTemplate(database.transactions());
    var own = new TransactionTemplate(database.transactions());
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    var handler = JdbcClient.create(database.dataSource());

    route.executeWithoutResult(
        status -> {
          own.executeWithoutResult(inner -> write(handler));
          assertThat(checkpoints.isAwaited()).as("before its first SQL").isFalse();
          write(handler);
          own.executeWithoutResult(inner -> assertThat(checkpoints.isAwaited()).isFalse());
          assertThat(checkpoints.isAwaited()).as("after it").isTrue();
          status.setRollbackOnly();
        });

    assertThat(effects()).isOne();
  }

  private DataSource beside() {
    return new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password());
  }

  private void createEffects() {
    database.awaitReady();
    JdbcClient.create(beside()).sql("create table effects (n int)").update();
  }

  private static void write(JdbcClient handler) {
    handler.sql("insert into effects values (1)").update();
  }

  private int effects() {
    return JdbcClient.create(beside())
        .sql("select count(*) from effects")
        .query(Integer.class)
        .single();
  }
}
