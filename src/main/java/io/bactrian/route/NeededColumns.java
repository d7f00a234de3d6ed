package io.bactrian.route;

import java.util.List;

/** What a handler needs of a file's header. */
public interface NeededColumns {

  /** What is wrong with a header; empty when it will do. */
  List<String> problems(List<String> header);

  /** Whether a column of this name is needed. */
  boolean needs(String column);
}
