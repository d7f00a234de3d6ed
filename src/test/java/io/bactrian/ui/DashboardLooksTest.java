package io.bactrian.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.bactrian.api.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the pages look: wide and narrow, light and dark, to rules of accessibility. With {@code
 * -Ddashboard.images=docs/images} it takes the pictures of the docs.
 */
final class DashboardLooksTest {
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
  private static final String RULES =
      """
      axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).then(found =>
        found.passes.length < 10 ? ["few rules were looked at"] :
        found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).slice(0, 3)}`))
      """;
  private static final int HEIGHT = 1100;
  private static final String IMAGES = System.getProperty("dashboard.images", "");

  @TempDir private static Path folder;
  private static Warehouse warehouse;
  private static Visit visit;

  /** Where each page is, by its name, and what is there once it is whole. */
  private static final Map<String, Place> PLACES = new LinkedHashMap<>();

  private record Place(String path, String whole) {}

  @BeforeAll
  static void start() {
    Visit.needBrowser();
    warehouse = new Warehouse(folder, Map.of());
    ApiClient api = warehouse.api;
    StockCount.mend(false);
    Path fine = warehouse.list("north-hall.csv", 12_000, DashboardLooksTest::shelf);
    Path broken = warehouse.list("south-hall.csv", 4_000, DashboardLooksTest::brokenShelf);
    String complete = submit(api, "stock_count", fine);
    String failed = submit(api, "stock_count", broken);
    Warehouse.awaitState(api, complete, "complete");
    Warehouse.awaitState(api, failed, "blocked_by_failures");
    api.post(
        "/v1/tasks",
        """
        {"namespace": "csv_processing", "name": "csv_product_inventory_analyzer",
         "context": {"csv_file_path": "fixtures/products.csv"}}
        """);
    String paused = submit(api, "every_item", fine);
    api.post("/v1/tasks/" + paused + "/pause", "{\"reason\": \"the lift is being repaired\"}");
    visit = Visit.to(api.address());
    PLACES.put("tasks", new Place("tasks", "tr[data-task]"));
    PLACES.put("task", new Place("tasks/" + complete, ".u-legend"));
    PLACES.put("failures", new Place("tasks/" + failed, "[data-card=failures] li"));
    PLACES.put("dead-letters", new Place("dead-letters", "tr[data-letter]"));
    PLACES.put("templates", new Place("templates", ".templates li"));
    PLACES.put("template", new Place("templates/" + Warehouse.TEMPLATE, ".drawing svg"));
    PLACES.put("nodes", new Place("nodes", "tr[data-node]"));
  }

  /** Some shelves take longer than others, and one much longer. */
  private static String shelf(int item) {
    int pause = item > 5_000 && item <= 5_100 ? 6 : item % 13 == 0 ? 2 + item % 5 : 0;
    return item * 31 % 90 + ",fine," + pause;
  }

  private static String brokenShelf(int item) {
    return item % 40 + "," + (item == 815 || item == 2_340 ? "broken" : "fine") + ",0";
  }

  private static String submit(ApiClient api, String name, Path list) {
    return api.post("/v1/tasks", Warehouse.submission(name, list)).at("/task_uuid");
  }

  @AfterAll
  static void stop() {
    if (visit != null) {
      visit.close();
      warehouse.close();
    }
  }

  private static Page open(String name, int width, ColorScheme colours) {
    Place place = Objects.requireNonNull(PLACES.get(name), name);
    Page page = visit.go(visit.window(width, colours), place.path());
    assertThat(page.locator(place.whole()).first()).isVisible();
    assertThat(page.locator(".connection")).hasText("Live");
    return page;
  }

  @Test
  void noPageBreaksARuleOfAccessibilityInLightOrDark() throws IOException {
    String axe;
    try (InputStream script = DashboardLooksTest.class.getResourceAsStream(AXE)) {
      axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
    var broken = new ArrayList<String>();
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (String name : PLACES.keySet()) {
        Page page = open(name, Visit.WIDE, colours);
        if (name.equals("failures")) {
          page.locator("[data-card=failures] .link").first().click();
          assertThat(page.locator("dialog .attempts li").first()).isVisible();
        }
        page.evaluate(axe + "; undefined");
        ((List<?>) page.evaluate(RULES)).forEach(v -> broken.add(name + " " + colours + " " + v));
        page.context().close();
      }
    }
    assertThat(broken).isEmpty();
    assertThat(visit.wrongs()).isEmpty();
  }

  @Test
  void aNarrowPageScrollsOnlyDown() {
    for (String name : PLACES.keySet()) {
      Page page = open(name, Visit.NARROW, ColorScheme.LIGHT);
      assertThat(page.evaluate("document.documentElement.scrollWidth"))
          .as(name)
          .isEqualTo(Visit.NARROW);
      page.context().close();
    }
    assertThat(visit.wrongs()).isEmpty();
  }

  @Test
  void theSwitchOverridesTheColoursOfTheSystemAndIsRemembered() {
    Page page = open("tasks", Visit.WIDE, ColorScheme.LIGHT);
    Object light = page.evaluate(GROUND);
    Locator button = page.locator(".theme");
    button.click();
    button.click();
    assertThat(button).hasAttribute("title", "Colours: dark");
    Object dark = page.evaluate(GROUND);
    page.reload();
    assertThat(button).hasAttribute("title", "Colours: dark");

    assertThat(dark).isNotEqualTo(light).isEqualTo(page.evaluate(GROUND));
    page.context().close();
  }

  private static final String GROUND = "getComputedStyle(document.body).backgroundColor";

  @Test
  void everyPageCanBeReachedByTabAndShowsWhereTheFocusIs() {
    Page page = open("tasks", Visit.WIDE, ColorScheme.LIGHT);
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    Locator link = page.locator("nav a", new Page.LocatorOptions().setHasText("Dead letters"));
    assertThat(link).isFocused();
    assertThat(link).hasCSS("outline-style", "solid");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Dead letters");
    page.context().close();
  }

  @Test
  void thePicturesOfTheDocsAreTakenWhenAskedFor() {
    if (IMAGES.isEmpty()) {
      return;
    }
    picture("tasks", Visit.WIDE, ColorScheme.LIGHT, "dashboard-tasks-light");
    picture("tasks", Visit.WIDE, ColorScheme.DARK, "dashboard-tasks-dark");
    picture("tasks", Visit.NARROW, ColorScheme.LIGHT, "dashboard-tasks-narrow");
    running(ColorScheme.LIGHT, "dashboard-task-light");
    running(ColorScheme.DARK, "dashboard-task-dark");
    picture("task", Visit.NARROW, ColorScheme.DARK, "dashboard-task-narrow");
    picture("failures", Visit.WIDE, ColorScheme.LIGHT, "dashboard-failures-light");
    picture("template", Visit.WIDE, ColorScheme.LIGHT, "dashboard-template-light");
    picture("dead-letters", Visit.WIDE, ColorScheme.DARK, "dashboard-dead-letters-dark");
    picture("nodes", Visit.WIDE, ColorScheme.LIGHT, "dashboard-nodes-light");
    Page page = open("failures", Visit.WIDE, ColorScheme.LIGHT);
    page.locator("[data-card=failures] .link").first().click();
    assertThat(page.locator("dialog .attempts li").first()).isVisible();
    save(page, "dashboard-step-light");
  }

  /** A task at about half of its work. */
  private static void running(ColorScheme colours, String file) {
    Path list =
        warehouse.list("east-hall.csv", 14_000, i -> i % 90 + ",fine," + (i % 50 / 48 * 110));
    PLACES.put(
        "running", new Place("tasks/" + submit(warehouse.api, "stock_count", list), ".u-legend"));
    Page page = open("running", Visit.WIDE, colours);
    assertThat(page.locator("[data-share]")).hasText(Pattern.compile("^5[0-9.]*%$"));
    save(page, file);
  }

  private static void picture(String name, int width, ColorScheme colours, String file) {
    save(open(name, width, colours), file);
  }

  private static void save(Page page, String file) {
    Path image = Path.of(IMAGES, file + ".png");
    page.setViewportSize(page.viewportSize().width, HEIGHT);
    page.screenshot(new Page.ScreenshotOptions().setPath(image));
    assertThat(image)
        .isRegularFile()
        .satisfies(f -> assertThat(f.toFile().length()).isLessThan(200_000));
    page.context().close();
  }
}
