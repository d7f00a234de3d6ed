package io.bactrian.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard while the server goes away and comes back. */
final class DashboardReconnectTest {
  @TempDir private Path folder;

  @BeforeAll
  static void needBrowser() {
    Visit.needBrowser();
  }

  @Test
  void afterARestartOfTheServerThePageGoesOnAfterTheLastEventWithoutAReload() throws Exception {
    try (var warehouse =
            new Warehouse(folder, Map.of("bactrian.api.port", String.valueOf(freePort())));
        var visit = Visit.to(warehouse.api.address())) {
      Path list = warehouse.list("few.csv", 10, item -> "1,fine,0");
      Page page = visit.window("tasks");
      var streams = new ArrayDeque<Request>();
      page.onResponse(answer -> keepStream(answer.request(), streams));
      assertThat(page.locator(".connection")).hasText("Live");
      String first = submit(warehouse, list);
      assertThat(badge(page, first)).hasText("complete");

      warehouse.node.restart(Map.of());
      assertThat(page.locator(".connection")).hasText("Live");
      String second = submit(warehouse, list);

      assertThat(badge(page, second)).hasText("complete");
      assertThat(lastId(streams.getLast())).matches("[0-9]+-[0-9]+");
    }
  }

  private static String submit(Warehouse warehouse, Path list) {
    return warehouse
        .api
        .post("/v1/tasks", Warehouse.submission("stock_count", list))
        .at("/task_uuid");
  }

  private static Locator badge(Page page, String task) {
    return page.locator("tr[data-task='%s'] .badge".formatted(task));
  }

  private static void keepStream(Request request, Deque<Request> streams) {
    if (request.url().contains("/v1/events")) {
      streams.add(request);
    }
  }

  /** After which event a stream goes on: the browser says so, or the page where that gave up. */
  private static String lastId(Request request) {
    String header = request.allHeaders().get("last-event-id");
    return header != null ? header : request.url().replaceFirst(".*last_event_id=", "");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
