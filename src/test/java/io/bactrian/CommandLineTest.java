package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.cli.BactrianCommand;
import io.bactrian.cli.Engines;
import io.bactrian.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, hints, completion, colours: what needs neither database nor Camel. */
final class CommandLineTest {
  /** Whoever starts anything of these has failed. */
  private static final Engines NOTHING =
      (Engines)
          Proxy.newProxyInstance(
              CommandLineTest.class.getClassLoader(),
              new Class<?>[] {Engines.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method.getName() + " was started");
              });

  @TempDir private Path folder;

  private record Printed(int exit, String out, String err) {}

  private static Printed run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line = BactrianCommand.over(NOTHING, arguments);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments);
    return new Printed(exit, out.toString(), err.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "csv, --from, x, 9223372036854775807",
    "csv, --max-record-bytes, 16MiB, 2147483647",
    "plan, --batch-size, 3000000000, 2147483647",
    "tasks, --limit, '', 2147483647"
  })
  void aNumberThatIsNoneIsToldWhatIsAllowed(
      String command, String option, String found, String most) {
    Printed printed = run(command, option + "=" + found, "file.csv");

    assertThat(printed.exit()).isEqualTo(2);
    assertThat(printed.err())
        .contains("'%s'; allowed: a whole number, at most %s\n".formatted(found, most));
  }

  static Stream<String> commands() {
    var names = new ArrayList<String>();
    BactrianCommand.over(NOTHING)
        .getSubcommands()
        .forEach(
            (name, line) -> {
              names.add(name);
              line.getSubcommands().keySet().forEach(below -> names.add(name + " " + below));
            });
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandHasAHelpWithAnExampleThatItTakes(String command) {
    var words = new ArrayList<>(List.of(command.split(" ")));
    words.add("--help");

    Printed help = run(words.toArray(String[]::new));

    assertThat(help.exit()).isZero();
    assertThat(help.out()).startsWith("Usage: bactrian " + command).contains("Example:");
    assertThat(help.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(160));
    String example = help.out().replaceFirst("(?s).*Example:\\R", "");
    assertThat(example).startsWith("  bactrian " + command);
    assertThat(example.lines()).as("it fits 80 columns").hasSize(1);
    CommandLine.ParseResult parsed =
        BactrianCommand.over(NOTHING)
            .parseArgs(words(example.replaceFirst("^  bactrian ", "").strip()));
    assertThat(parsed.hasSubcommand()).isTrue();
  }

  /** As a shell takes a line apart, single quotes only. */
  private static String[] words(String line) {
    var words = new ArrayList<String>();
    var found = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
    while (found.find()) {
      words.add(found.group(1) == null ? found.group(2) : found.group(1));
    }
    return words.toArray(String[]::new);
  }

  @Test
  void helpVersionPlanCsvAndCompletionStartNothing() {
    assertThat(run("--help").exit()).isZero();
    assertThat(run("--version").exit()).isZero();
    assertThat(run().exit()).isZero();
    assertThat(run("completion", "bash").exit()).isZero();
    assertThat(run("plan", "fixtures/products.csv").out()).contains("records         1000");
    assertThat(run("csv", "fixtures/none.csv").err()).contains("fixtures/none.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "taks | unknown command 'taks'; did you mean 'tasks'?",
        "tasks --jsn | unknown option '--jsn'; did you mean '--json'?",
        "dlq lst | unknown command 'lst'; did you mean 'list'?",
        "run a.csv --worker=3 | unknown option '--worker'; did you mean '--workers'?",
        "tasks more | 'more' is one argument too many",
        "task | Missing required parameter: 'TASK_UUID'",
        "tasks --color=red | red",
        "task 7 | cannot convert '7' to UUID",
        "resume --server http://x | resume works on this machine and takes no --server",
        "templates validate a.yaml --server=http://x | templates validate works on this machine",
        "tasks --server=ftp://x | --server is 'ftp://x'; allowed: http://HOST:PORT",
        "tasks --server=http://x/y | allowed: http://HOST:PORT",
        "tasks --server=http://me:secret@x | allowed: http://HOST:PORT",
        "tasks --server=http://x -Dbactrian.poll=1s | allowed: one of them, or --server",
        "run a.csv --server=http://x --workers=2 | --workers is for this node",
        "tasks --server=http://x --key-file=none | --key-file none cannot be read",
        "tasks --limit 0 --server=http://x --key-file=pom.xml | does not hold one API key",
        "db | Missing: status, migrate, prune or url"
      })
  void wrongUseIsOneLineWithWhatWasMeant(String line, String message) {
    Printed printed = run(line.split(" "));

    assertThat(printed.exit()).isEqualTo(2);
    assertThat(printed.out()).isEmpty();
    assertThat(printed.err()).startsWith("bactrian: ").contains(message).doesNotContain("secret");
    assertThat(printed.err().lines().toList()).hasSizeLessThanOrEqualTo(3);
    assertThat(printed.err()).contains("see: bactrian").contains("--help");
  }

  @Test
  void withJsonWrongUseIsOneDocument() {
    Printed printed = run("tasks", "--json", "--limt", "3");

    assertThat(printed.exit()).isEqualTo(2);
    var error = Json.readTree(printed.out()).get("error");
    assertThat(error.get("code").asText()).isEqualTo("usage");
    assertThat(error.get("message").asText()).contains("did you mean '--limit'?");
    assertThat(error.get("details")).isEmpty();
  }

  @Test
  void colorNeverAndNoTerminalMeanNoColours() {
    assertThat(run("tasks", "--help").out()).doesNotContain("\033");
    assertThat(run("--color=never", "tasks", "--help").out()).doesNotContain("\033");
    assertThat(run("tasks", "--color=never", "--help").out()).doesNotContain("\033");
    assertThat(run("tasks", "--color=always", "--help").out()).contains("\033[");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void theCompletionScriptNamesItsShell(String shell) {
    assertThat(run("completion", shell).out())
        .startsWith("# For this %s: source".formatted(shell))
        .contains("complete -F", "bashcompinit");
  }

  @ParameterizedTest
  @CsvSource({
    "bactrian ta, task tasks",
    "bactrian unp, unpause",
    "bactrian tasks --li, --limit",
    "bactrian dlq upd, update",
    "./bactrian wat, watch",
    "bactrian graph --format '', mermaid svg",
    "bactrian tasks --color '', always auto never"
  })
  void bashCompletesCommandsOptionsAndTheirWords(String typed, String expected) throws Exception {
    Path script = Files.writeString(folder.resolve("c.sh"), run("completion", "bash").out());
    String ask =
        """
        source %s
        COMP_WORDS=(%s)
        COMP_LINE="${COMP_WORDS[*]}"
        COMP_POINT=${#COMP_LINE}
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        function=$(complete -p bactrian | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
        $function
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, typed);

    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(Arrays.stream(answer.split("\\s+")).map(String::strip))
        .as(answer)
        .contains(expected.split(" "));
  }
}
