package io.bactrian.task;

/** What an operator asks for is not possible in the state that was found; nothing has changed. */
public final class VerbRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String verb;

  /**
   * @param verb what was asked for
   * @param found what stands against it
   * @param allowed when it is possible
   */
  public VerbRefused(String verb, String found, String allowed) {
    super("%s is not possible: %s; allowed: %s".formatted(verb, found, allowed));
    this.verb = verb;
  }

  public String verb() {
    return verb;
  }
}
