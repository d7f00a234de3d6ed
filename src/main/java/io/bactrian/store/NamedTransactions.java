package io.bactrian.store;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the hook of every commit, under the name of the fact that the transaction makes true. */
final class NamedTransactions extends DataSourceTransactionManager {
  private static final long serialVersionUID = 1;
  private static final String ROUTE = "route:";

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

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    if (status.isReadOnly()) {
      super.doCommit(status);
      return;
    }
    Fact fact = fact(TransactionSynchronizationManager.getCurrentTransactionName());
    hook.before(fact);
    super.doCommit(status);
    hook.after(fact);
  }

  private static Fact fact(@Nullable String name) {
    if (name == null) {
      return Fact.ROUTE;
    }
    return Fact.valueOf(name.startsWith(ROUTE) ? name.substring(ROUTE.length()) : name);
  }
}
