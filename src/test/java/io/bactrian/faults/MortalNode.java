package io.bactrian.faults;

import io.bactrian.InProcessNode;
import io.bactrian.NodeSetup;
import io.bactrian.store.CommitHook;
import io.bactrian.store.Fact;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of several nodes of this JVM. When its time has come it commits nothing any more, gives
 * nothing back, and its leases end.
 */
final class MortalNode implements AutoCloseable {
  private final AtomicInteger chunksToLive;
  private final InProcessNode node;

  /**
   * @param chunksToLive it dies before this commit of a chunk
   */
  MortalNode(Map<String, String> settings, int chunksToLive) {
    this.chunksToLive = new AtomicInteger(chunksToLive);
    var setup =
        new NodeSetup() {
          @Override
          public CommitHook hook() {
            return new Death();
          }
        };
    this.node = InProcessNode.start(settings, false, setup);
  }

  private final class Death implements CommitHook {
    @Override
    public void before(Fact fact) {
      if (isDead() || (fact == Fact.CHECKPOINT && chunksToLive.decrementAndGet() <= 0)) {
        throw new IllegalStateException("dead");
      }
    }

    @Override
    public void after(Fact fact) {}
  }

  boolean isDead() {
    return chunksToLive.get() <= 0;
  }

  InProcessNode living() {
    return node;
  }

  @Override
  public void close() {
    if (isDead()) {
      node.interrupt();
    }
    node.close();
  }
}
