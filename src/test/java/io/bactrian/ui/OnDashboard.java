package io.bactrian.ui;

import io.bactrian.api.ApiClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A browser on the dashboard of a node, for all tests of a class. */
abstract class OnDashboard {
  @TempDir static Path folder;
  static Warehouse warehouse;
  static Visit visit;
  static ApiClient api;

  @BeforeAll
  static void start() {
    Visit.needBrowser();
    warehouse = new Warehouse(folder, Map.of());
    api = warehouse.api;
    visit = Visit.to(api.address());
  }

  @AfterAll
  static void stop() {
    if (visit != null) {
      visit.close();
      warehouse.close();
    }
  }
}
