package io.bactrian.store;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
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

  /** The transaction of this thread, if there is one, uses the database. */
  static void uses() {
    if (TransactionSynchronizationManager.isActualTransactionActive()
        && TransactionSynchronizationManager.getCurrentTransactionName() == null) {
      join(Fact.ROUTE);
    }
  }

  /** Whether the transaction of this thread has used the database or somebody waits for it. */
  static boolean isAwaited() {
    return TransactionSynchronizationManager.getCurrentTransactionName() != null
        || !TransactionSynchronizationManager.getSynchronizations().isEmpty();
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

  private static List<Fact> facts(@Nullable String name) {
    if (name == null) {
      return List.of();
    }
    String names = name.startsWith(ROUTE) ? name.substring(ROUTE.length()) : name;
    return Stream.of(names.split(Pattern.quote(AND), -1)).map(Fact::valueOf).toList();
  }
}
