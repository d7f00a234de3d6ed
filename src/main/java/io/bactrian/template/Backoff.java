package io.bactrian.template;

/** How the delay between attempts grows. */
public enum Backoff {
  EXPONENTIAL,
  LINEAR,
  NONE
}
