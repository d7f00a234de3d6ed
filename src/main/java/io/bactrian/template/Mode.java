package io.bactrian.template;

/** What a changed template file of an unchanged version means. */
public enum Mode {
  /** It is the version from now on; tasks that run keep what they were made from. */
  DEVELOPMENT,
  /** It is refused: a version never changes. */
  PRODUCTION
}
