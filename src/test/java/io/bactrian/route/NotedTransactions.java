package io.bactrian.route;

import java.util.List;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Notes what happens to transactions. */
final class NotedTransactions extends AbstractPlatformTransactionManager {
  private static final long serialVersionUID = 1L;
  private final transient List<String> events;

  NotedTransactions(List<String> events) {
    this.events = events;
  }

  @Override
  protected Object doGetTransaction() {
    return new Object();
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    events.add("begin");
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    events.add("commit");
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    events.add("rollback");
  }
}
