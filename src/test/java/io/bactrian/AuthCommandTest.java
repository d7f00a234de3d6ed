package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys from the command line. */
final class AuthCommandTest {
  @TempDir private Path home;

  @Test
  void aKeyIsShownOnceListedWithoutItAndRevoked() {
    var cli = new Cli(home);

    Cli.Outcome made =
        cli.run(
            "auth",
            "create-key",
            "anna",
            "--permissions",
            "tasks:*,dlq:read",
            "--namespaces",
            "demo");
    Cli.Outcome again = cli.run("auth", "create-key", "anna", "--permissions", "*");
    Cli.Outcome listed = cli.run("auth", "list");
    Cli.Outcome revoked = cli.run("auth", "revoke", "anna");

    assertThat(made.exit()).isZero();
    assertThat(made.out().strip()).matches("bk_[A-Za-z0-9_-]{43}");
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("there is a key anna already");
    assertThat(listed.out())
        .contains("anna", "good", "dlq:read,tasks:* in demo")
        .doesNotContain(made.out().strip());
    assertThat(revoked.exit()).isZero();
    assertThat(cli.run("auth", "list", "--json").out()).contains("\"revoked\"");
    assertThat(cli.run("auth", "revoke", "anna").exit()).isEqualTo(3);
    assertThat(cli.run("auth", "create-key", "anna", "--permissions", "*").exit()).isZero();
  }

  @Test
  void wrongWordsAreUsageErrorsThatNameTheAllowed() {
    var cli = new Cli(home);

    Cli.Outcome permission = cli.run("auth", "create-key", "anna", "--permissions", "tasks:fly");
    Cli.Outcome days =
        cli.run("auth", "create-key", "anna", "--permissions", "*", "--expires", "soon");

    assertThat(permission.exit()).isEqualTo(2);
    assertThat(permission.err()).contains("'tasks:fly' is not known", "tasks:read", "dlq:update");
    assertThat(days.exit()).isEqualTo(2);
    assertThat(days.err()).contains("--expires is 'soon'");
    assertThat(cli.run("auth", "create-key", "1 2", "--permissions", "*").exit()).isEqualTo(2);
    assertThat(cli.run("auth").exit()).isEqualTo(2);
  }
}
