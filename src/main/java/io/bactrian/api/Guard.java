package io.bactrian.api;

import io.bactrian.access.Principal;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Stands before every route of the listener: lets in what keeps to the contract and is permitted,
 * and gives every answer its shape. Nothing of the request's headers is left in an answer.
 */
final class Guard extends DelegateAsyncProcessor {
  /** The route that answers what everybody may have, and 404. */
  private static final String PAGES = "pages";

  /** The group of routes that tell of the node: metrics, health. */
  private static final String MANAGEMENT = "management";

  private final Gate gate;
  private final boolean isOfContract;

  /**
   * @param isOfContract whether the route's path stands in the contract
   */
  Guard(Processor route, Gate gate, boolean isOfContract) {
    super(route);
    this.gate = gate;
    this.isOfContract = isOfContract;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    boolean own;
    try {
      own = enter(exchange);
    } catch (RuntimeException e) {
      answer(exchange, Problems.of(e).answer());
      callback.done(true);
      return true;
    }
    return super.process(
        exchange,
        sync -> {
          leave(exchange, own);
          callback.done(sync);
        });
  }

  /** Answers whether the request is one of the contract. */
  private boolean enter(Exchange exchange) {
    HttpCall call = HttpCall.of(exchange);
    Optional<Request> request = gate.request(call);
    Message message = exchange.getIn();
    request.ifPresent(message::setBody);
    if (request.isEmpty() && isOfContract) {
      throw Refusal.notFound("there is nothing at this path");
    }
    Optional<Route> route = request.isEmpty() ? route(exchange) : Optional.empty();
    if (request.isEmpty() && route.filter(r -> PAGES.equals(r.getRouteId())).isEmpty()) {
      Principal caller = manages(route) ? gate.manager(call) : gate.caller(call, "routes:call");
      message.removeHeaders("(?i)authorization|cookie|x-api-key");
      message.setHeader("BactrianPrincipal", caller.name());
    }
    return request.isPresent();
  }

  /** Whether a route manages the node: those have a group. */
  private static boolean manages(Optional<Route> route) {
    return route.filter(r -> MANAGEMENT.equals(r.getGroup())).isPresent();
  }

  /** The route that will run; the exchange is not told its id before it does. */
  private static Optional<Route> route(Exchange exchange) {
    Endpoint from = exchange.getFromEndpoint();
    return exchange.getContext().getRoutes().stream()
        .filter(route -> route.getEndpoint().equals(from))
        .findFirst();
  }

  private static void leave(Exchange exchange, boolean own) {
    Exception failure = exchange.getException();
    if (failure != null) {
      exchange.setException(null);
      answer(exchange, Problems.of(failure).answer());
    } else if (own) {
      Object body = exchange.getMessage().getBody();
      answer(exchange, body instanceof Answer given ? given : Answer.ok(body));
    }
  }

  private static void answer(Exchange exchange, Answer answer) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      message.setHeader(header.getKey(), header.getValue());
    }
    message.setBody(answer.content());
  }
}
