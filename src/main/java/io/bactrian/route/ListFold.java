package io.bactrian.route;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The fold {@code list}: all bodies, in the order they came. The default of a convergence. */
public final class ListFold implements AggregationStrategy {

  @Override
  public Exchange aggregate(@Nullable Exchange oldExchange, Exchange newExchange) {
    Folds.refuseFailed(newExchange);
    if (oldExchange == null) {
      var first = new ArrayList<Object>();
      first.add(newExchange.getMessage().getBody());
      newExchange.getMessage().setBody(first);
      return newExchange;
    }
    @SuppressWarnings("unchecked")
    List<Object> list = oldExchange.getMessage().getBody(List.class);
    list.add(newExchange.getMessage().getBody());
    return oldExchange;
  }
}
