package io.bactrian.cli;

import io.bactrian.access.ApiKey;
import io.bactrian.access.AuditTrail;
import io.bactrian.access.KeyRefused;
import io.bactrian.access.Permissions;
import io.bactrian.access.Principal;
import io.bactrian.access.Secret;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auth}: the API keys of a database. */
@Command(
    description = "Makes, lists and revokes API keys.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class AuthCommand implements Runnable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.@-]{0,62}");
  private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,3}d");

  private final Engines engines;

  @Spec private CommandSpec spec;

  AuthCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing: create-key, list or revoke");
  }

  @Command(
      name = "create-key",
      description = "Makes a key and prints it, once.",
      mixinStandardHelpOptions = true)
  int createKey(
      @Mixin SettingOptions settings,
      @Parameters(paramLabel = "NAME", description = "Who uses it; written into the audit trail.")
          String name,
      @Option(
              names = "--permissions",
              required = true,
              paramLabel = "LIST",
              description = "For instance tasks:read,tasks:create,dlq:* or *.")
          String permissions,
      @Option(names = "--namespaces", paramLabel = "LIST", description = "Default: all.")
          @Nullable String namespaces,
      @Option(
              names = "--expires",
              paramLabel = "DAYS",
              description = "For instance 90d. Default: 90d")
          @Nullable String expires,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    check(NAME, name, "NAME", "letters, digits and _ . @ -, at most 63, a letter first");
    String lasts = expires == null ? "90d" : expires;
    check(DAYS, lasts, "--expires", "days such as 90d, at most 9999d");
    var principal = new Principal(name, permissions(permissions), list(namespaces));
    Secret secret = Secret.random();
    try (Access access = engines.access(settings.settings())) {
      Duration validity = Duration.ofDays(Long.parseLong(lasts.substring(0, lasts.length() - 1)));
      ApiKey key = access.keys().create(principal, secret, validity);
      note(access, "auth create-key", name);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        var document = new LinkedHashMap<String, Object>(map(key));
        document.put("key", secret.reveal());
        Report.json(out, document);
      } else {
        out.println(secret.reveal());
        spec.commandLine()
            .getErr()
            .printf("key %s, good until %s; it is shown only now%n", name, day(key));
      }
      return ExitCode.COMPLETE;
    }
  }

  @Command(name = "list", description = "Lists the keys.", mixinStandardHelpOptions = true)
  int list(
      @Mixin SettingOptions settings,
      @Option(names = "--json", description = "Print one JSON array.") boolean json) {
    try (Access access = engines.access(settings.settings())) {
      List<ApiKey> keys = access.keys().all();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        Report.json(out, keys.stream().map(AuthCommand::map).toList());
        return ExitCode.COMPLETE;
      }
      var table =
          new Table()
              .column("NAME", Table.Kind.WHOLE)
              .column("STATE", Table.Kind.WHOLE)
              .column("EXPIRES", Table.Kind.WHOLE)
              .column("PERMISSIONS", Table.Kind.CUT);
      for (ApiKey key : keys) {
        String where =
            key.principal().namespaces().map(n -> " in " + String.join(",", n)).orElse("");
        table.row(
            key.principal().name(),
            state(key),
            day(key),
            String.join(",", new TreeSet<>(key.principal().permissions())) + where);
      }
      table.print(Screen.of(spec));
      return ExitCode.COMPLETE;
    }
  }

  @Command(
      name = "revoke",
      description = "Ends a key; nodes hear of it within 2 seconds.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin SettingOptions settings,
      @Parameters(paramLabel = "NAME|UUID", description = "The key.") String key,
      @Option(names = "--json", description = "Print one JSON document.") boolean json) {
    try (Access access = engines.access(settings.settings())) {
      if (!access.keys().revoke(key)) {
        throw new NothingThere("there is no key %s that is not revoked".formatted(key));
      }
      note(access, "auth revoke", key);
      if (json) {
        Report.json(spec.commandLine().getOut(), Map.of("key", key, "state", "revoked"));
        return ExitCode.COMPLETE;
      }
      spec.commandLine().getErr().println("key " + key + " is revoked");
      return ExitCode.COMPLETE;
    }
  }

  private void check(Pattern pattern, String value, String what, String allowed) {
    if (!pattern.matcher(value).matches()) {
      throw new ParameterException(
          spec.commandLine(), "%s is '%s'; allowed: %s".formatted(what, value, allowed));
    }
  }

  private Set<String> permissions(String list) {
    try {
      return Permissions.parse(list);
    } catch (KeyRefused e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Optional<Set<String>> list(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(list -> new TreeSet<>(Arrays.asList(list.strip().split("\\s*,\\s*", -1))));
  }

  private static void note(Access access, String action, String key) {
    String actor = "cli:" + System.getProperty("user.name", "unknown");
    access.trail().note(new AuditTrail.Entry(actor, action, "key " + key, "", true));
  }

  private static String state(ApiKey key) {
    return key.isGood() ? "good" : key.revokedAt().isPresent() ? "revoked" : "expired";
  }

  private static String day(ApiKey key) {
    return key.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Map<String, Object> map(ApiKey key) {
    var map = new LinkedHashMap<String, Object>();
    map.put("key_uuid", key.uuid().toString());
    map.put("name", key.principal().name());
    map.put("state", state(key));
    map.put("permissions", new TreeSet<>(key.principal().permissions()));
    key.principal().namespaces().ifPresent(n -> map.put("namespaces", new TreeSet<>(n)));
    map.put("created_at", key.createdAt().toString());
    map.put("expires_at", key.expiresAt().toString());
    key.revokedAt().ifPresent(at -> map.put("revoked_at", at.toString()));
    return map;
  }
}
