package io.bactrian.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells the hook of every commit, under the names of the facts that the transaction makes true. One
 * that a route began and that has not used the database makes nothing true.
 */
final class NamedTransactions extends DataSourceTransactionManager {
  private static final long serialVersionUID = 1;
  private static final String ROUTE = "route:";
  private static final String AND = "+";

  private final transient CommitHook hook;

  NamedTransactions(DataSource source, CommitHook hook) {
    super(source);
    this.hook = hook;
  }

  /**
   * A fact joins the transaction of this thread: one that a route began is named for the last that
   * joined, which for a chunk is its checkpoint.
   */
  static void join(Fact fact) {
    String name = TransactionSynchronizationManager.getCurrentTransactionName();
    if (name == null || name.startsWith(ROUTE)) {
      TransactionSynchronizationManager.setCurrentTransactionName(ROUTE + fact.name());
    }
  }

  /** The transaction of this thread, which has a name, makes one more fact true. */
  static void alsoMakes(Fact fact) {
    String name = TransactionSynchronizationManager.getCurrentTransactionName();
    TransactionSynchronizationManager.setCurrentTransactionName(fact.name() + AND + name);
  }

  /**
   * The transaction of this thread, if there is one, uses the database. Its name cannot tell: while
   * one of another manager runs inside of it, that one's is the thread's.
   */
  void uses() {
    use().ifPresent(used -> used.set(true));
  }

  /** Whether the transaction of this thread has used the database or somebody waits for it. */
  boolean isAwaited() {
    return TransactionSynchronizationManager.getCurrentTransactionName() != null
        || isUsed()
        || !TransactionSynchronizationManager.getSynchronizations().isEmpty();
  }

  private boolean isUsed() {
    return use().map(AtomicBoolean::get).orElse(true);
  }

  /** Whether the transaction of this thread is used; empty where another manager has begun it. */
  private Optional<AtomicBoolean> use() {
    Object connection = TransactionSynchronizationManager.getResource(obtainDataSource());
    return Optional.ofNullable(connection)
        .map(TransactionSynchronizationManager::getResource)
        .map(AtomicBoolean.class::cast);
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    super.doBegin(transaction, definition);
    TransactionSynchronizationManager.bindResource(connection(transaction), new AtomicBoolean());
  }

  @Override
  protected void doCleanupAfterCompletion(Object transaction) {
    Object unused = TransactionSynchronizationManager.unbindResource(connection(transaction));
    super.doCleanupAfterCompletion(transaction);
  }

  private static ConnectionHolder connection(Object transaction) {
    return ((JdbcTransactionObjectSupport) transaction).getConnectionHolder();
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    List<Fact> facts =
        status.isReadOnly()
            ? List.of()
            : facts(TransactionSynchronizationManager.getCurrentTransactionName());
    facts.forEach(hook::before);
    super.doCommit(status);
    facts.forEach(hook::after);
  }

  private List<Fact> facts(@Nullable String name) {
    if (name == null) {
      return isUsed() ? List.of(Fact.ROUTE) : List.of();
    }
    String names = name.startsWith(ROUTE) ? name.substring(ROUTE.length()) : name;
    return Stream.of(names.split(Pattern.quote(AND), -1)).map(Fact::valueOf).toList();
  }
}
