package io.bactrian.api;

import io.bactrian.access.ApiKey;
import io.bactrian.access.AuditTrail;
import io.bactrian.access.KeyBook;
import io.bactrian.access.Principal;
import io.bactrian.access.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The dashboard's login: an API key is changed for a cookie. Named {@code session} by routes. */
public final class SessionResource {
  private static final Duration LASTS = Duration.ofHours(12);

  private final KeyBook keys;
  private final Authentication authentication;
  private final AuditTrail trail;

  SessionResource(KeyBook keys, Authentication authentication, AuditTrail trail) {
    this.keys = keys;
    this.authentication = authentication;
    this.trail = trail;
  }

  /** Who asks, and what they may do. */
  public Object get(Request request) {
    return who(request.principal());
  }

  /** Begins a login. */
  public Object login(Request request) {
    HttpCall call = request.call();
    call.mustNotBeForeign();
    ApiKey key = authentication.key(Secret.given(request.given("key").orElse("")), call);
    Secret session = Secret.random();
    keys.login(session, key.uuid(), LASTS);
    trail.note(new AuditTrail.Entry(key.principal().name(), "login", "session", "", true));
    return new Answer(
        201, Map.of("Set-Cookie", cookie(call, session.reveal(), LASTS)), who(key.principal()));
  }

  /** Ends a login. */
  public Object logout(Request request) {
    Authentication.session(request.call())
        .ifPresent(
            session -> {
              keys.logout(session);
              authentication.forget(session);
            });
    return new Answer(
        200,
        Map.of("Set-Cookie", cookie(request.call(), "", Duration.ZERO)),
        Map.of("logged_in", false));
  }

  private static String cookie(HttpCall call, String value, Duration lasts) {
    boolean secure = call.header("X-Forwarded-Proto").filter("https"::equals).isPresent();
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
        .formatted(Authentication.COOKIE, value, lasts.toSeconds(), secure ? "; Secure" : "");
  }

  private static Map<String, Object> who(Principal principal) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", principal.name());
    json.put("permissions", new TreeSet<>(principal.permissions()));
    json.put("namespaces", principal.namespaces().map(TreeSet::new).orElse(null));
    return TaskJson.present(json);
  }
}
