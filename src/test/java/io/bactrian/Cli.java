package io.bactrian;

import io.bactrian.cli.BactrianCommand;
import io.bactrian.json.Json;
import io.bactrian.store.DatabaseAddress;
import io.bactrian.store.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs commands in this process against a database of their own. */
final class Cli {
  private final List<String> settings = new ArrayList<>();

  Cli(Path home) {
    DatabaseAddress address = TestDatabase.create();
    set("bactrian.home", home.toString());
    set("bactrian.database.url", TestDatabase.url(address));
    set("bactrian.poll", "100ms");
  }

  /** The same as somebody else's. */
  Cli(Map<String, String> given) {
    given.forEach(this::set);
  }

  Cli set(String key, String value) {
    settings.add("-D" + key + "=" + value);
    return this;
  }

  /** What a command printed and how it ended. */
  record Outcome(int exit, String out, String err) {
    Map<String, Object> json() {
      return Json.readObject(out);
    }
  }

  Outcome run(String... arguments) {
    var all = new ArrayList<String>();
    Collections.addAll(all, arguments);
    all.addAll(settings);
    return runAlone(all.toArray(String[]::new));
  }

  /** Runs a command that takes no settings. */
  Outcome runAlone(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line = BactrianCommand.over(new Wiring(), arguments);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
