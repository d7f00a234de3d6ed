package io.bactrian.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** An example for the help of each command; a test holds them to what the commands take. */
final class Examples {
  private static final String TASK = "0f3c2a9e-6f5b-4a0a-9c5e-5a3f1f0a7c11";
  private static final String SERVER = "--server http://127.0.0.1:8080";
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    put("run", "run fixtures/products.csv --workers 4");
    put("resume", "resume " + TASK);
    put("serve", "serve -Dbactrian.api.port=8080");
    put("submit", "submit demo/cities --set csv_file_path=data/cities.csv");
    put("tasks", "tasks --limit 50 " + SERVER);
    put("task", "task %s --json".formatted(TASK));
    put("steps", "steps " + TASK);
    put("watch", "watch " + TASK);
    put("rejects", "rejects %s --out rejects.csv".formatted(TASK));
    put("retry", "retry %s --reason 'feed mended'".formatted(TASK));
    put("resolve", "resolve %s work_004".formatted(TASK));
    put("complete", "complete %s total --result '{}'".formatted(TASK));
    put("cancel", "cancel %s --reason 'bad file'".formatted(TASK));
    put("pause", "pause " + TASK);
    put("unpause", "unpause " + TASK);
    put("rerun", "rerun %s --by anna".formatted(TASK));
    put("dlq", "dlq list");
    put("dlq list", "dlq list --reason max_retries_exceeded");
    put("dlq show", "dlq show " + TASK);
    put("dlq update", "dlq update %s --note 'no feed'".formatted(TASK));
    put("dlq put", "dlq put %s --reason 'looks odd'".formatted(TASK));
    put("dlq stats", "dlq stats --json");
    put("plan", "plan data/cities.csv --template demo/cities");
    put("csv", "csv fixtures/products.csv --from 1 --to 4");
    put("graph", "graph demo/cities --format svg");
    put("templates", "templates list");
    put("templates list", "templates list " + SERVER);
    put("templates validate", "templates validate my/templates/cities.yaml");
    put("auth", "auth list");
    put("auth create-key", "auth create-key anna --permissions tasks:*,dlq:read");
    put("auth list", "auth list");
    put("auth revoke", "auth revoke anna");
    put("db", "db status");
    put("db status", "db status --json");
    put("db migrate", "db migrate");
    put("db url", "db url --with-password");
    put("db prune", "db prune --dry-run");
    put("completion", "completion bash");
  }

  private Examples() {}

  private static void put(String command, String example) {
    ALL.put(command, example);
  }

  /** The examples by the commands' names. */
  static Map<String, String> all() {
    return Map.copyOf(ALL);
  }

  /** Puts the examples of a command and of those below it under their helps. */
  static void addTo(String name, CommandLine line) {
    String example = ALL.get(name);
    if (example != null && line.getCommandSpec().usageMessage().footer().length == 0) {
      line.getCommandSpec()
          .usageMessage()
          .footer("", "Example:", "  bactrian " + example.replace("%", "%%"));
    }
    line.getSubcommands().forEach((below, sub) -> addTo(name + " " + below, sub));
  }
}
