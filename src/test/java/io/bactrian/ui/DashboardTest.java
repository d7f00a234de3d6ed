package io.bactrian.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do with the dashboard, done in a browser. */
final class DashboardTest extends OnDashboard {
  private static final long CELLS_SHOWN_WITHIN_MILLIS = 30_000;
  private static final double MILLIS_A_KEY = 250;

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    assertThat(visit.wrongs()).isEmpty();
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator state(Page page) {
    return page.locator("h1 .badge");
  }

  @Test
  void aTaskOf200WorkersSubmittedFromTheFormIsSeenToFinishWithoutAReload() {
    Path list = warehouse.list("hall.csv", 20_000, item -> item % 7 + ",fine,2");
    Page page = visit.window("templates/" + Warehouse.TEMPLATE);
    page.evaluate("window.isTheSamePage = true");
    page.getByLabel("csv file path").fill(list.toString());
    page.getByLabel("site").selectOption("south");
    button(page, "Submit").click();

    assertThat(page.locator(".cells")).hasAttribute("data-cells", "200");
    assertThat(page.locator("[data-share]")).hasText(Pattern.compile("^[1-9][0-9.]*%$"));
    assertThat(state(page)).hasText("steps in process");
    assertThat(page.getByText("Time left")).isVisible();
    assertThat(state(page)).hasText("complete");

    assertThat(page.locator("[data-share]")).hasText("100%");
    assertThat(page.locator(".legend")).containsText("complete 200");
    assertThat(page.locator("[data-card=result]")).containsText("20,000");
    assertThat(page.locator("[data-card=graph] svg")).containsText("200 workers: 200 complete");
    assertThat(page.locator("[data-card=context]")).containsText("\"site\": \"south\"");
    assertThat(page.evaluate("window.isTheSamePage")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void aFailedBatchIsOpenedRetriedWithAReasonAndCompletes() {
    StockCount.mend(false);
    Path list =
        warehouse.list("broken.csv", 500, item -> "1," + (item == 250 ? "broken" : "fine") + ",0");
    String task = api.post("/v1/tasks", Warehouse.submission("stock_count", list)).at("/task_uuid");
    Page page = visit.window("tasks/" + task);
    assertThat(state(page)).hasText("blocked by failures");
    assertThat(page.locator("[data-card=failures]"))
        .containsText("the shelf of item 250 is broken");

    page.locator(".legend").getByText("error").click();
    assertThat(page.locator(".told")).containsText("count_stock_003: error, 1 attempt");
    page.locator(".cells").press("Enter");
    Locator drawer = page.locator("dialog.side");
    assertThat(drawer).containsText("the shelf of item 250 is broken");
    StockCount.mend(true);
    drawer.locator("[data-verb=reset_for_retry]").click();
    page.getByLabel("Reason").fill("the shelf was mended");
    page.locator("dialog:not(.side) button.main").click();

    assertThat(drawer.locator(".step-state")).containsText("complete");
    assertThat(drawer).containsText("the shelf was mended");
    assertThat(drawer.locator(".attempts li")).hasCount(2);
    page.keyboard().press("Escape");
    assertThat(drawer).isHidden();
    assertThat(state(page)).hasText("complete");
    page.context().close();
  }

  @Test
  void rejectedRecordsAreListedAndTheirFileIsTakenHome() throws IOException {
    Path list =
        warehouse.list(
            "torn.csv", 300, item -> item % 25 == 7 ? "torn" : item % 60 + ",fine," + item % 3);
    String task =
        api.post("/v1/tasks", Warehouse.submission("lenient_count", list)).at("/task_uuid");
    Page page = visit.window("tasks/" + task);
    assertThat(state(page)).hasText("complete");

    Locator card = page.locator("[data-card=rejects]");
    assertThat(card.locator("tbody tr")).hasCount(10);
    assertThat(card).containsText("the first 10 of 12");
    Locator row = card.locator("[data-ordinal='107']");
    assertThat(row).containsText("count_stock_002");
    assertThat(row).containsText("column shelf is missing");
    page.locator(".figures-card").getByText("12", exactly()).click();
    assertThat(card).isInViewport();
    Download file =
        page.waitForDownload(() -> card.getByText("Reject file of count_stock").click());

    assertThat(file.suggestedFilename()).isEqualTo("rejects-%s-count_stock.csv".formatted(task));
    assertThat(Files.readString(file.path()))
        .startsWith("item,pieces,shelf,pause\n7,torn\n32,torn\n")
        .endsWith("\n282,torn\n");
    page.context().close();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void tenThousandCellsStayUsableByKeyboardWhileTheyAreWorkedOn() {
    Path list = warehouse.list("crowd.csv", 10_000, item -> "1,fine,1");
    String task = api.post("/v1/tasks", Warehouse.submission("every_item", list)).at("/task_uuid");
    Page page = visit.window("tasks/" + task);
    assertThat(page.locator(".cells")).hasAttribute("data-cells", "10000");

    long began = System.nanoTime();
    page.reload();
    Locator cells = page.locator(".cells");
    assertThat(cells).hasAttribute("data-cells", "10000");
    long shownAfter = (System.nanoTime() - began) / 1_000_000;
    cells.press("End");
    assertThat(cells).hasAttribute("data-at", "9999");
    assertThat(page.locator(".told")).containsText("count_stock_10000: ");
    assertThat((Double) cells.evaluate("box => box.scrollTop * 1.0 + 0.5")).isGreaterThan(500);
    assertThat((Integer) cells.evaluate(COLOURS)).as("colours drawn").isGreaterThan(1);
    double perKey = ((Number) cells.evaluate(KEYS)).doubleValue();
    cells.press("Home");
    assertThat(cells).hasAttribute("data-at", "0");
    cells.press("ArrowRight");
    cells.press("Enter");
    assertThat(page.locator("dialog.side h2")).hasText("count_stock_00002");
    api.delete("/v1/tasks/" + task + "?reason=seen");

    System.out.printf("10,000 cells: shown after %d ms, %.1f ms a key%n", shownAfter, perKey);
    assertThat(shownAfter).isLessThan(CELLS_SHOWN_WITHIN_MILLIS);
    assertThat(perKey).isLessThan(MILLIS_A_KEY);
    page.context().close();
  }

  private static final String COLOURS =
      """
      box => {
        const canvas = box.querySelector("canvas");
        const seen = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const colours = new Set();
        for (let i = 0; i < seen.length; i += 4) {
          colours.add(seen.slice(i, i + 4).join());
        }
        return colours.size;
      }
      """;

  /** The mean time from a key to the next frame. */
  private static final String KEYS =
      """
      async box => {
        const began = performance.now();
        for (let i = 0; i < 40; i++) {
          box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
          await new Promise(requestAnimationFrame);
        }
        return (performance.now() - began) / 40;
      }
      """;

  @Test
  void theListIsFilteredPagedAndMovesByItself() {
    Page page = visit.window("tasks?status=cancelled");
    page.locator("select[name=status]").selectOption("complete");
    assertThat(page).hasURL(Pattern.compile("status=complete"));
    Path list = warehouse.list("few.csv", 10, item -> "1,fine,0");
    String task = api.post("/v1/tasks", Warehouse.submission("stock_count", list)).at("/task_uuid");

    Locator row = page.locator("tr[data-task='%s']".formatted(task));
    assertThat(row).containsText("10 of 10 records");
    assertThat(row.locator(".badge")).hasText("complete");
    row.getByRole(AriaRole.LINK).press("Enter");
    assertThat(page.locator("h1")).containsText("stock_count");
    page.context().close();
  }
}
