package io.bactrian.route;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.Answers;
import io.bactrian.step.RunningStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/**
 * Folds a chunk's result into the partial result of its range, with the step's AggregationStrategy.
 *
 * <p>A handler that keeps its own checkpoints accumulates its results itself: nothing is folded.
 */
public final class ChunkFold {
  private final AggregationStrategy strategy;

  public ChunkFold(AggregationStrategy strategy) {
    this.strategy = strategy;
  }

  /**
   * Body in: the chunk's result as {@code answer} read it. Body out: the new partial result, a map.
   */
  public void fold(Exchange exchange) {
    RunningStep step = exchange.getProperty(RunningStep.PROPERTY, RunningStep.class);
    Optional<Checkpoint> own = step.position().own();
    if (own.isPresent()) {
      exchange.getMessage().setBody(own.get().partial());
      return;
    }
    if (exchange.getMessage().getBody() == null) {
      exchange.getMessage().setBody(Map.of());
    }
    Exchange before =
        step.checkpoint()
            .filter(checkpoint -> checkpoint.cursor().isEmpty() || step.keyedChunk().isPresent())
            .map(Checkpoint::partial)
            .map(
                partial -> {
                  var old = new DefaultExchange(exchange);
                  old.getIn().setBody(new LinkedHashMap<>(partial));
                  return old;
                })
            .orElse(null);
    Exchange folded = strategy.aggregate(before, exchange);
    exchange.getMessage().setBody(Answers.object(folded.getMessage().getBody()));
  }
}
