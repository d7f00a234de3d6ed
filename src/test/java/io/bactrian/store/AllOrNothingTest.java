package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever does a deed dies before its commit, then whoever does it again dies after it: at first
 * not one row of the database has changed, then all of them are as if nobody had died.
 */
final class AllOrNothingTest {
  /** What two databases never have in common. */
  private static final Pattern OWN =
      Pattern.compile(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+(Z|[+-][0-9:]+)?"
              + "|\"(transition|transaction|audit|template)_id\": \"?\\d+\"?");

  private static final Death DEATH = new Death();
  private static final Stage STAGE = new Stage(DEATH);
  private static final Stage UNDISTURBED = new Stage(CommitHook.NONE);

  /** Ends the caller like the end of its process: nobody catches it. */
  private static final class Died extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Where the caller dies. */
  private static final class Death implements CommitHook {
    private @Nullable Fact before;
    private @Nullable Fact after;

    @Override
    public void before(Fact fact) {
      if (fact == before) {
        throw new Died();
      }
    }

    @Override
    public void after(Fact fact) {
      if (fact == after) {
        throw new Died();
      }
    }
  }

  static Stream<Deed> deeds() {
    return Deed.all().stream();
  }

  @AfterEach
  void liveOn() {
    DEATH.before = null;
    DEATH.after = null;
  }

  @AfterAll
  static void close() {
    STAGE.close();
    UNDISTURBED.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deeds")
  void aDeedIsWhollyDoneOrNotAtAll(Deed deed) {
    Scene scene = STAGE.scene();
    Scene undisturbed = UNDISTURBED.scene();
    deed.given().accept(scene);
    deed.given().accept(undisturbed);
    Map<String, List<String>> before = STAGE.rows();

    DEATH.before = deed.fact();
    assertThatThrownBy(() -> deed.act().accept(scene)).isInstanceOf(Died.class);
    assertThat(STAGE.rows()).as("dead before the commit").isEqualTo(before);

    DEATH.before = null;
    DEATH.after = deed.fact();
    assertThatThrownBy(() -> deed.act().accept(scene)).isInstanceOf(Died.class);
    deed.act().accept(undisturbed);
    assertThat(STAGE.rows()).as("dead after the commit").isNotEqualTo(before);
    assertThat(comparable(STAGE)).isEqualTo(comparable(UNDISTURBED));
  }

  /** The rows without keys and times. */
  private static Map<String, List<String>> comparable(Stage stage) {
    return stage.rows().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                table ->
                    table.getValue().stream()
                        .map(row -> OWN.matcher(row).replaceAll("·"))
                        .sorted()
                        .toList()));
  }
}
