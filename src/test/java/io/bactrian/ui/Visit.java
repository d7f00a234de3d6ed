package io.bactrian.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A browser that visits a dashboard. It writes down what a dashboard may never do: errors of
 * scripts, breaches of the content policy, requests to another host.
 */
final class Visit implements AutoCloseable {
  static final int WIDE = 1280;
  static final int NARROW = 360;

  private static final double PATIENCE_MILLIS = 120_000;
  private static final List<Path> BROWSERS =
      Stream.of(
              System.getProperty(
                      "dashboard.browser",
                      "/usr/bin/chromium,/usr/bin/chromium-browser,/usr/bin/google-chrome")
                  .split(",", -1))
          .map(Path::of)
          .toList();

  private final URI address;
  private final Playwright playwright;
  private final Browser browser;
  private final List<String> wrongs = new ArrayList<>();

  private Visit(Path executable, URI address) {
    this.address = address;
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setTimeout(PATIENCE_MILLIS)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-quic",
                            "--no-first-run",
                            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  /** Skips the tests, saying so, where there is no Chromium. */
  static void needBrowser() {
    Optional<Path> found = browser();
    if (found.isEmpty()) {
      // Past the files that tests print into, so that it is seen.
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
          .println("The dashboard is not tested: there is none of " + BROWSERS);
    }
    Assumptions.assumeTrue(found.isPresent(), "there is none of " + BROWSERS);
  }

  static Visit to(URI address) {
    return new Visit(browser().orElseThrow(), address);
  }

  private static Optional<Path> browser() {
    return BROWSERS.stream().filter(Files::isExecutable).findFirst();
  }

  /** A window of its own, without cookies. */
  Page window(int width, ColorScheme colours) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, width == NARROW ? 740 : 900)
                .setLocale("en-GB")
                .setColorScheme(colours));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.onRequest(
        request -> {
          if (!request.url().startsWith(address + "/") && !request.url().startsWith("data:")) {
            wrongs.add("asked for " + request.url());
          }
        });
    Page page = context.newPage();
    page.onPageError(error -> wrongs.add("script: " + error));
    page.onConsoleMessage(
        message -> {
          boolean isRefusal = message.text().contains("the server responded with a status of 4");
          if (message.type().equals("error") && !isRefusal) {
            wrongs.add("console: " + message.text());
          }
        });
    return page;
  }

  /** A window at a place behind the {@code #}. */
  Page window(String place) {
    return go(window(WIDE, ColorScheme.LIGHT), place);
  }

  Page go(Page page, String place) {
    page.navigate(address + "/#/" + place);
    return page;
  }

  /** What no dashboard may do and this one did. */
  List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
