package io.bactrian.template;

import java.util.Locale;

/** When two submissions of a template are the same task, if they carry no idempotency key. */
public enum IdentityStrategy {
  /** When their contexts are equal. */
  STRICT,
  /** Never: each must carry an idempotency key. */
  CALLER_PROVIDED,
  /** Never. */
  ALWAYS_UNIQUE;

  static IdentityStrategy of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
