package io.bactrian.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every button of an operator, pressed in a browser. */
final class DashboardVerbsTest extends OnDashboard {
  private static final String DIALOG = "dialog:not(.side) ";

  @BeforeEach
  void breakTheShelves() {
    StockCount.mend(false);
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    assertThat(visit.wrongs()).isEmpty();
  }

  @Test
  void aBlockedTaskIsPausedMendedStepByStepAndRunAgain() {
    String task = blocked();
    Page page = visit.window("tasks/" + task);
    press(page, "pause", "lunch");
    assertThat(DashboardTest.state(page)).hasText("paused");
    press(page, "unpause", "");
    assertThat(DashboardTest.state(page)).hasText("blocked by failures");

    Locator drawer = page.locator("dialog.side");
    visit.go(page, "tasks/" + task + "/steps/" + worker(task, 0));
    drawer.locator("[data-verb=complete_manually]").click();
    page.locator(DIALOG + "[name=result]").fill("{\"pieces\": 12345678901234567890, \"kg\": 1.50}");
    because(page, "counted by hand");
    assertThat(drawer.locator(".step-state")).containsText("complete");
    assertThat(api.get("/v1/tasks/" + task + "/workflow_steps/" + worker(task, 0)).json())
        .asString()
        .contains("12345678901234567890", "1.50");
    page.keyboard().press("Escape");
    visit.go(page, "tasks/" + task + "/steps/" + worker(task, 1));
    drawer.locator("[data-verb=resolve_manually]").click();
    because(page, "the shelf is gone");
    assertThat(drawer.locator(".step-state")).containsText("resolved manually");
    page.keyboard().press("Escape");
    StockCount.mend(true);
    press(page, "retry", "the shelf was mended");
    assertThat(DashboardTest.state(page)).hasText("complete");

    press(page, "rerun", "once more");
    assertThat(page.locator(".page-head .uuid")).not().hasText(task);
    assertThat(DashboardTest.state(page)).hasText("complete");
    page.context().close();
  }

  @Test
  void aTaskIsPutAmongTheDeadLettersSettledReopenedAndGivenUp() {
    String task = blocked();
    Page page = visit.window("tasks/" + task);
    press(page, "put-aside", "ask the supplier");
    visit.go(page, "dead-letters?reason=manual_dlq");
    page.locator("tr[data-letter='%s'] a".formatted(task)).click();
    assertThat(DashboardTest.state(page)).hasText("pending");

    page.locator("[data-verb=priority]").click();
    page.locator(DIALOG + "[name=priority]").fill("9");
    because(page, "");
    assertThat(page.locator(".figures")).containsText("9");
    page.locator("[data-verb=note]").click();
    page.locator(DIALOG + "[name=note]").fill("they look for it");
    because(page, "");
    assertThat(page.locator(".notes")).containsText("they look for it");
    press(page, "manually_resolved", "found");
    assertThat(DashboardTest.state(page)).hasText("manually resolved");
    press(page, "pending", "lost again");
    assertThat(DashboardTest.state(page)).hasText("pending");
    press(page, "permanently_failed", "never seen again");
    assertThat(DashboardTest.state(page)).hasText("permanently failed");

    visit.go(page, "tasks/" + task);
    press(page, "resolve", "counted elsewhere");
    assertThat(DashboardTest.state(page)).hasText("resolved manually");
    page.context().close();
  }

  @Test
  void aTaskIsRetriedFromItsDeadLetter() {
    String task = blocked();
    String letter =
        api.get("/v1/dlq?reason=max_retries_exceeded&task_uuid=" + task)
            .at("/dead_letters/0/dlq_uuid");
    Page page = visit.window("dead-letters/" + letter);
    StockCount.mend(true);
    press(page, "retry", "all shelves are mended");

    Warehouse.awaitState(api, task, "complete");
    page.reload();
    assertThat(DashboardTest.state(page)).hasText("manually resolved");
    page.context().close();
  }

  /** A task of three workers that have all failed. */
  private static String blocked() {
    Path list =
        warehouse.list("broken.csv", 300, i -> "1," + (i % 100 == 50 ? "broken" : "fine") + ",0");
    String task = api.post("/v1/tasks", Warehouse.submission("stock_count", list)).at("/task_uuid");
    Warehouse.awaitState(api, task, "blocked_by_failures");
    return task;
  }

  private static String worker(String task, int index) {
    return api.get("/v1/tasks/" + task + "/workflow_steps?type=batch_worker")
        .at("/workflow_steps/%d/step_uuid".formatted(index));
  }

  private static void press(Page page, String verb, String reason) {
    page.locator(".page-head [data-verb=%s]".formatted(verb)).click();
    because(page, reason);
  }

  /** Answers the question why. */
  private static void because(Page page, String reason) {
    page.locator(DIALOG + "[name=reason]").fill(reason);
    page.locator(DIALOG + ".actions button:not(.quiet)").click();
    assertThat(page.locator(DIALOG)).isHidden();
  }
}
