package io.bactrian.cli;

import java.util.List;
import java.util.UUID;

/** What only a server is asked: beside a database, this process knows it itself. */
public interface ServerClient extends Client {

  /** The templates that tasks can be submitted of. */
  List<TemplateLine> templateLines();

  /** A task, drawn. */
  Drawing draw(UUID task);

  /** A template, drawn: {@code namespace/name} or {@code namespace/name@version}. */
  Drawing draw(String template);

  /** A graph in both forms. */
  record Drawing(String svg, String mermaid) {}
}
