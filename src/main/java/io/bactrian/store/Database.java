package io.bactrian.store;

import com.zaxxer.hikari.HikariDataSource;
import io.bactrian.step.DatabaseAway;
import io.bactrian.task.TaskState;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The pool, the migrations and the transactions of one database.
 *
 * <p>A transaction takes no connection before its first SQL. Thread safe; closing is idempotent.
 */
public final class Database implements AutoCloseable {
  private static final int DEADLOCK_ATTEMPTS = 5;

  private final OpeningDataSource pool;
  private final ConnectionLosses losses;
  private final LazyConnectionDataSourceProxy lazy;
  private final JdbcClient jdbc;
  private final NamedTransactions transactions;
  private final TransactionTemplate reading;
  private final boolean notifies;
  private volatile Consumer<TaskState> whenTaskEnds = state -> {};

  private Database(
      OpeningDataSource pool, ConnectionLosses losses, CommitHook hook, boolean notifies) {
    this.notifies = notifies;
    this.pool = pool;
    this.losses = losses;
    this.lazy = new LazyConnectionDataSourceProxy();
    lazy.setDefaultAutoCommit(true);
    lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    this.jdbc = JdbcClient.create(lazy);
    this.transactions = new NamedTransactions(lazy, hook);
    lazy.setTargetDataSource(new NotedConnections(pool, transactions::uses));
    this.reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
  }

  /**
   * Begins to connect and to bring the schema up to date; several processes may do so at once. The
   * first use waits until that is done.
   *
   * @param address finds, or starts, the server
   * @param connections size of the pool
   */
  public static Database open(Supplier<DatabaseAddress> address, int connections) {
    return open(address, connections, CommitHook.NONE);
  }

  /**
   * The same, with a hook that is told of every commit.
   *
   * @param hook is told of every commit
   */
  public static Database open(Supplier<DatabaseAddress> address, int connections, CommitHook hook) {
    return open(address, connections, hook, true);
  }

  /**
   * The same, with or without notification.
   *
   * @param notifies whether this process wakes nodes with NOTIFY
   */
  public static Database open(
      Supplier<DatabaseAddress> address, int connections, CommitHook hook, boolean notifies) {
    var losses = new ConnectionLosses();
    return new Database(
        new OpeningDataSource(
            () -> ConnectionPool.migrated(address.get(), connections, losses, hook),
            losses,
            address),
        losses,
        hook,
        notifies);
  }

  /** Asks a database as it is, whatever its schema. */
  static <T> T look(DatabaseAddress address, Function<JdbcClient, T> question) {
    try (HikariDataSource pool = ConnectionPool.connect(address, 1, new ConnectionLosses())) {
      return question.apply(JdbcClient.create(pool));
    }
  }

  /** Waits until the database can be used. */
  public void awaitReady() {
    pool.await();
  }

  /**
   * Has the pool measured, once it is open.
   *
   * @param registry a registry of Micrometer
   */
  public void measurePool(MeterRegistry registry) {
    pool.await().setMetricRegistry(registry);
  }

  /** Has somebody told of each task that this process has brought to its end. */
  public void whenTaskEnds(Consumer<TaskState> told) {
    whenTaskEnds = told;
  }

  /** The present transaction ends a task: tells so when it has committed. */
  void taskEnds(TaskState state) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            whenTaskEnds.accept(state);
          }
        });
  }

  /**
   * The manager that a route's {@code transacted} uses: same connection as the tables of this
   * package.
   */
  public PlatformTransactionManager transactions() {
    return transactions;
  }

  /**
   * The source of connections for handlers whose effects shall commit with the checkpoint: inside a
   * chunk it gives the connection of the chunk's transaction.
   */
  public DataSource dataSource() {
    return new TransactionAwareDataSourceProxy(lazy);
  }

  /**
   * The client of the transaction of this thread: inside {@link #commit}, {@link #read} or a chunk.
   *
   * @throws IllegalStateException outside of them: what is not in a named transaction would commit
   *     by itself, unseen by the hook
   */
  JdbcClient jdbc() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "SQL outside of a transaction; allowed: inside Database.commit(Fact, …) or Database.read(…)");
    }
    return jdbc;
  }

  /** Whether the transaction of this thread has used the database or somebody waits for it. */
  boolean isAwaited() {
    return transactions.isAwaited();
  }

  /** Whether this process wakes nodes with NOTIFY. */
  boolean notifies() {
    return notifies;
  }

  /** Whether this thread has lost its connection, or got none, since it asked last. */
  boolean connectionWasLost() {
    return losses.since();
  }

  /**
   * Runs work that only reads, in one transaction; PostgreSQL refuses it to write.
   *
   * @throws DatabaseAway if the database does not answer
   */
  <T> T read(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    return whileThere(() -> Objects.requireNonNull(reading.execute(status -> work.get())));
  }

  /** Tells a database that is away from one that refuses. */
  private <T> T whileThere(Supplier<T> transaction) {
    boolean before = losses.since();
    try {
      return transaction.get();
    } catch (RuntimeException e) {
      if (losses.since()) {
        before = true;
        throw new DatabaseAway(e);
      }
      throw e;
    } finally {
      if (before) {
        losses.refused();
      }
    }
  }

  /** The same as {@link #commit(Fact, Supplier)}, for work without an answer. */
  void commit(Fact fact, Runnable work) {
    boolean unused =
        commit(
            fact,
            () -> {
              work.run();
              return true;
            });
  }

  /**
   * Makes a fact true in one transaction, or in the one that the thread is in already; one that
   * PostgreSQL ends for a deadlock is run again.
   *
   * @throws DatabaseAway if the database does not answer; whether the fact is true is not known
   *     then
   */
  <T> T commit(Fact fact, Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      NamedTransactions.join(fact);
      return work.get();
    }
    var transaction = new TransactionTemplate(transactions);
    transaction.setName(fact.name());
    for (int attempt = 1; ; attempt++) {
      try {
        return whileThere(() -> Objects.requireNonNull(transaction.execute(status -> work.get())));
      } catch (PessimisticLockingFailureException e) {
        if (attempt == DEADLOCK_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The present transaction, which commits a fact, makes one more true. */
  void alsoMakes(Fact fact) {
    NamedTransactions.alsoMakes(fact);
  }

  @Override
  public void close() {
    pool.close();
  }
}
