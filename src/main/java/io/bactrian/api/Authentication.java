package io.bactrian.api;

import io.bactrian.access.ApiKey;
import io.bactrian.access.KeyBook;
import io.bactrian.access.Principal;
import io.bactrian.access.Secret;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who asks: by an API key, by the cookie of a login, or, where no key is asked for, whoever
 * sits at this machine. What a key may do is remembered for {@value #KEPT_SECONDS} s. Thread safe.
 */
final class Authentication {
  static final String COOKIE = "bactrian_session";
  private static final Logger log = LoggerFactory.getLogger(Authentication.class);
  private static final int KEPT_SECONDS = 2;
  private static final int KEPT_KEYS = 1000;

  private final KeyBook keys;
  private final boolean isAsked;
  private final FailedLogins failures = new FailedLogins(Authentication::seconds);
  private final Map<String, Kept> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
              return size() > KEPT_KEYS;
            }
          });

  /**
   * @param keys the keys there are
   * @param isAsked whether nobody comes in without one
   */
  Authentication(KeyBook keys, boolean isAsked) {
    this.keys = keys;
    this.isAsked = isAsked;
  }

  private record Kept(ApiKey key, long second) {}

  private static long seconds() {
    return System.nanoTime() / 1_000_000_000L;
  }

  /**
   * Who asks.
   *
   * @throws Refusal 401 for no key or a wrong one, 429 after too many wrong ones
   */
  Principal principal(HttpCall call) {
    Optional<Secret> header = headerKey(call);
    if (header.isPresent()) {
      return key(header.get(), call).principal();
    }
    Optional<Secret> session = session(call);
    if (session.isPresent()) {
      call.mustBeOfThisOrigin();
      return sessionKey(session.get()).principal();
    }
    if (isAsked) {
      throw refuse("a key is needed: Authorization: Bearer bk_…");
    }
    return Principal.LOCAL;
  }

  private ApiKey sessionKey(Secret session) {
    return remembered(session)
        .or(() -> keys.session(session).map(key -> remember(session, key)))
        .filter(ApiKey::isGood)
        .orElseThrow(() -> refuse("the login has ended"));
  }

  /** The key that somebody gives, if it is good. */
  ApiKey key(Secret given, HttpCall call) {
    OptionalLong wait = failures.mustWait(call.remote());
    if (wait.isPresent()) {
      throw Refusal.of(429, "too_many_failures", "too many wrong keys came from your address")
          .with("Retry-After", String.valueOf(wait.getAsLong()));
    }
    Optional<ApiKey> key =
        given.isWellFormed()
            ? remembered(given).or(() -> keys.find(given).map(found -> remember(given, found)))
            : Optional.empty();
    if (key.filter(ApiKey::isGood).isEmpty()) {
      failures.failed(call.remote());
      log.warn(
          "remote={} key={} refused",
          call.remote(),
          key.map(k -> k.principal().name()).orElse("unknown"));
      throw refuse("the key is unknown, has expired or was revoked");
    }
    return key.get();
  }

  private Optional<ApiKey> remembered(Secret secret) {
    Kept known = kept.get(name(secret));
    return known != null && seconds() - known.second() < KEPT_SECONDS
        ? Optional.of(known.key())
        : Optional.empty();
  }

  private ApiKey remember(Secret secret, ApiKey key) {
    kept.put(name(secret), new Kept(key, seconds()));
    return key;
  }

  void forget(Secret secret) {
    kept.remove(name(secret));
  }

  private static String name(Secret secret) {
    return Arrays.toString(secret.hash());
  }

  private static Refusal refuse(String why) {
    return Refusal.of(401, "not_authenticated", why).with("WWW-Authenticate", "Bearer");
  }

  private static Optional<Secret> headerKey(HttpCall call) {
    return call.header("Authorization")
        .map(
            value ->
                Secret.given(
                    value.regionMatches(true, 0, "Bearer ", 0, 7)
                        ? value.substring(7).strip()
                        : ""))
        .or(() -> call.header("X-API-Key").map(Secret::given));
  }

  /** The secret of the login's cookie. */
  static Optional<Secret> session(HttpCall call) {
    return Optional.ofNullable(call.request().getCookie(COOKIE))
        .map(cookie -> Secret.given(cookie.getValue()))
        .filter(Secret::isWellFormed);
  }
}
