package io.bactrian.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.bactrian.api.ApiClient;
import io.bactrian.api.Keys;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard where keys are asked for. */
final class DashboardLoginTest {
  @TempDir private Path folder;

  @BeforeAll
  static void needBrowser() {
    Visit.needBrowser();
  }

  @Test
  void whoMayNotCancelSeesThatTheyCannotAndTheServerRefuses() {
    try (var warehouse = new Warehouse(folder, Map.of("bactrian.api.keys", "always"));
        var keys = new Keys(warehouse.node);
        var visit = Visit.to(warehouse.api.address())) {
      ApiClient all = warehouse.api.withKey(keys.with("*"));
      String onlooker = keys.with("tasks:read,events:read,templates:read");
      String operator = keys.with("tasks:*,events:read");
      StockCount.mend(false);
      Path list = warehouse.list("broken.csv", 3, item -> "1,broken,0");
      String task =
          all.post("/v1/tasks", Warehouse.submission("stock_count", list)).at("/task_uuid");
      Warehouse.awaitState(all, task, "blocked_by_failures");
      Page page = visit.window("tasks/" + task);

      signIn(page, "bk_wrong");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("the key is unknown");
      signIn(page, onlooker);
      Locator cancel = page.locator("[data-verb=cancel]");
      assertThat(cancel).isDisabled();
      assertThat(page.locator(".page-head .lacks")).containsText("tasks:cancel");
      cancel.click(new Locator.ClickOptions().setForce(true));
      assertThat(page.locator(".toast")).containsText("lacks the permission tasks:cancel");
      assertThat(page.evaluate(CANCEL, task)).isEqualTo(403);
      assertThat(all.get("/v1/tasks/" + task).at("/status")).isEqualTo("blocked_by_failures");
      assertThat(page.locator("header nav")).not().containsText("Nodes");

      DashboardTest.button(page, "Sign out").click();
      signIn(page, operator);
      cancel.click();
      page.getByLabel("Reason").fill("not needed any more");
      page.locator("dialog button.grave").click();
      assertThat(DashboardTest.state(page)).hasText("cancelled");
      assertThat(page.locator("[data-card=history]")).containsText("not needed any more");
      assertThat(page.locator("[data-card=history]")).containsText("key-3");
      assertThat(visit.wrongs()).isEmpty();
    }
  }

  /** What a script of the page can do without the button, with the login's cookie. */
  private static final String CANCEL =
      "task => fetch(`/v1/tasks/${task}`, {method: 'DELETE'}).then(answer => answer.status)";

  private static void signIn(Page page, String key) {
    page.getByLabel("API key").fill(key);
    DashboardTest.button(page, "Sign in").click();
  }
}
