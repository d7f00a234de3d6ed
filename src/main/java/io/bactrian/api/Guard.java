package io.bactrian.api;

import io.bactrian.access.Principal;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Stands before every route of the listener: lets in what keeps to the contract and is permitted,
 * and gives every answer its shape. Nothing of the request's headers is left in an answer.
 */
final class Guard extends DelegateAsyncProcessor {
  /** What a route of a user's own needs that listens here. */
  private static final String ROUTES = "routes:call";

  private final Contract contract;
  private final Function<HttpCall, Principal> authentication;

  Guard(Processor route, Contract contract, Function<HttpCall, Principal> authentication) {
    super(route);
    this.contract = contract;
    this.authentication = authentication;
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
    Principal principal = authentication.apply(call);
    Operation operation = contract.find(call.method(), call.path()).orElse(null);
    if (operation == null) {
      permit(principal, ROUTES);
      exchange.getIn().removeHeaders("(?i)authorization|cookie|x-api-key");
      exchange.getIn().setHeader("BactrianPrincipal", principal.name());
      return false;
    }
    operation.permission().ifPresent(permission -> permit(principal, permission));
    exchange.getIn().setBody(RequestReader.read(operation, principal, call));
    return true;
  }

  private static void permit(Principal principal, String permission) {
    if (!principal.may(permission)) {
      throw Refusal.of(
          403,
          "not_permitted",
          "%s may not do this: the permission %s is missing"
              .formatted(principal.name(), permission));
    }
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
    message.setBody(answer.bytes());
  }
}
