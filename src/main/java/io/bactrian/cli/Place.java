package io.bactrian.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command looks and acts: the database of a home, or a server. */
final class Place {
  private static final String KEY = "BACTRIAN_API_KEY";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = {
        "A serving node to ask instead of the database, such as http://127.0.0.1:8080.",
        "Its API key: in the environment as BACTRIAN_API_KEY, or --key-file."
      })
  private @Nullable URI server;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "A file that holds the API key and nothing else.")
  private @Nullable Path keyFile;

  boolean isServer() {
    return server != null;
  }

  SettingOptions settings() {
    return settings;
  }

  /** Opens what the commands look at. */
  Client open(Engines engines) {
    return server == null ? engines.client(settings.settings()) : engines.server(server());
  }

  /** Some words of a command, and what makes it mean the same place. */
  List<String> with(String... words) {
    List<String> command = settings.with(words);
    if (server != null) {
      command.add("--server=" + server);
    }
    if (keyFile != null) {
      command.add("--key-file=" + keyFile);
    }
    return command;
  }

  /** The command that goes on with a task by hand; empty where a server does. */
  Optional<List<String>> resume(String task) {
    return server == null
        ? Optional.of(new ArrayList<>(settings.with("resume", task)))
        : Optional.empty();
  }

  Server server() {
    URI given = java.util.Objects.requireNonNull(server);
    boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
    boolean bare =
        given.getPath() == null || given.getPath().isEmpty() || given.getPath().equals("/");
    if (!http
        || given.getHost() == null
        || !bare
        || given.getUserInfo() != null
        || given.getQuery() != null) {
      throw refuse(
          "--server is '%s'; allowed: http://HOST:PORT or https://HOST:PORT, nothing after it"
              .formatted(shown(given)));
    }
    if (!settings.settings().isEmpty()) {
      throw refuse(
          "-D and --database-url are for the database of this place; allowed: one of them, or --server");
    }
    URI address = URI.create(given.toString().replaceFirst("/$", ""));
    return new Server(address, key());
  }

  private static String shown(URI given) {
    return given.getUserInfo() == null
        ? given.toString()
        : given.getScheme() + "://…@" + given.getHost();
  }

  private Optional<String> key() {
    if (keyFile == null) {
      return Optional.ofNullable(System.getenv(KEY))
          .map(String::strip)
          .filter(key -> !key.isEmpty());
    }
    try {
      String key = Files.readString(keyFile).strip();
      if (!key.matches("[!-~]{1,200}")) {
        throw refuse(
            "--key-file %s does not hold one API key; allowed: one line, bk_…".formatted(keyFile));
      }
      return Optional.of(key);
    } catch (IOException e) {
      throw refuse("--key-file %s cannot be read: %s".formatted(keyFile, e));
    }
  }

  private ParameterException refuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
