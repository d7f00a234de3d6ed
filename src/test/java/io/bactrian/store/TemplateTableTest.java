package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.task.Submission;
import io.bactrian.template.Mode;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateBook.Pinned;
import io.bactrian.template.TemplateChanged;
import io.bactrian.template.TemplateLoader;
import io.bactrian.template.TestHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contents of one version, on a real database. */
final class TemplateTableTest {
  private final Database database = TestDatabase.open();
  private final TemplateTable templates = new TemplateTable(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theSameContentIsTheSameRevisionInEveryMode() {
    TaskTemplate first = templates.settle(load("1.10", 5), Mode.PRODUCTION);

    assertThat(first.path()).isEqualTo("n/t/1.10");
    assertThat(templates.settle(load("1.10", 5), Mode.PRODUCTION).path()).isEqualTo(first.path());
    assertThat(templates.settle(load("1.10", 5), Mode.DEVELOPMENT).path()).isEqualTo(first.path());
  }

  @Test
  void inProductionAVersionNeverChanges() {
    templates.settle(load("1", 5), Mode.PRODUCTION);

    assertThatThrownBy(() -> templates.settle(load("1", 6), Mode.PRODUCTION))
        .isInstanceOf(TemplateChanged.class)
        .hasMessageContaining("template n/t@1 has another content")
        .hasMessageContaining("bactrian.mode=development");
    assertThat(templates.settle(load("2", 6), Mode.PRODUCTION).path()).isEqualTo("n/t/2");
  }

  @Test
  void inDevelopmentAChangedContentHasRoutesOfItsOwnAndTheOldComesBack() {
    TaskTemplate old = templates.settle(load("1", 5), Mode.DEVELOPMENT);
    TaskTemplate changed = templates.settle(load("1", 6), Mode.DEVELOPMENT);

    assertThat(changed.path()).matches("n/t/1~[0-9a-f]{8}");
    assertThat(changed.reference()).isEqualTo("n/t@1");
    assertThat(templates.settle(load("1", 5), Mode.DEVELOPMENT).path()).isEqualTo(old.path());
    assertThat(templates.settle(load("1", 6), Mode.PRODUCTION).path()).isEqualTo(changed.path());
  }

  @Test
  void theContentOfAnUnfinishedTaskIsKeptAndReadAgainAsItWas() {
    var submission = new Submission(new TaskTable(database, "test"));
    TaskTemplate old = templates.settle(load("1.10", 5), Mode.DEVELOPMENT);
    submission.submit(old, Map.of(), Path.of("/"), Optional.empty());
    TaskTemplate changed = templates.settle(load("1.10", 6), Mode.DEVELOPMENT);

    List<Pinned> pinned = templates.pinned(List.of(changed.path()));

    assertThat(pinned).hasSize(1);
    assertThat(templates.pinned(List.of(old.path(), changed.path()))).isEmpty();
    TaskTemplate again =
        new TemplateLoader(new TestHandlers()).load("kept", pinned.get(0).text()).template();
    assertThat(again.reference()).isEqualTo("n/t@1.10");
    assertThat(again.steps()).isEqualTo(old.steps());
  }

  private static TaskTemplate load(String version, int seconds) {
    String yaml =
        "name: t\nnamespace_name: n\nversion: %s\nsteps: [{name: a, timeout_seconds: %d, retry: {multiplier: 1.5}, handler: {callable: h}}]\n"
            .formatted(version, seconds);
    return new TemplateLoader(new TestHandlers()).load("t.yaml", yaml).template();
  }
}
