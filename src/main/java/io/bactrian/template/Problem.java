package io.bactrian.template;

/**
 * One thing wrong with a template file.
 *
 * @param source file or other name of the text
 * @param line from 1
 * @param column from 1
 * @param message what was found and what is allowed
 */
public record Problem(String source, int line, int column, String message) {
  @Override
  public String toString() {
    return "%s:%d:%d: %s".formatted(source, line, column, message);
  }
}
