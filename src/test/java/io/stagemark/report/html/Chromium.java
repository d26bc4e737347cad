package io.stagemark.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window, with a profile of its own and no network: the installed browser
 * and driver, never a download.
 */
public final class Chromium implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("org.openqa.selenium");

  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it; the test is skipped where it is not installed.
   *
   * @param profile an empty folder
   */
  public static Chromium start(Path profile) {
    Optional<String> browser = first(BROWSERS);
    Optional<String> program = first(DRIVERS);
    assumeTrue(
        browser.isPresent() && program.isPresent(),
        "needs Chromium and its driver: apt-get install chromium chromium-driver");
    // it misses the protocol of this very version, which nothing here uses
    LOG.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1200,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of(program.orElseThrow()).toFile())
            .usingAnyFreePort()
            .build();
    return new Chromium(new ChromeDriver(service, options));
  }

  private static Optional<String> first(List<String> programs) {
    return programs.stream().filter(each -> Files.isExecutable(Path.of(each))).findFirst();
  }

  public ChromeDriver driver() {
    return driver;
  }

  /** Opens a file, as a reader does from the disk. */
  public void open(Path page) {
    open(page.toUri());
  }

  public void open(URI page) {
    leave(() -> driver.get(page.toString()));
  }

  /**
   * Does what replaces the page, and waits until the next one is loaded and its scripts have run.
   * The driver's own wait ended once, on a busy machine, while the page was being replaced.
   */
  public void leave(Runnable action) {
    driver.executeScript("window.left = true");
    action.run();
    String loaded = "return !window.left && document.readyState === 'complete'";
    long start = System.nanoTime();
    while (!Boolean.TRUE.equals(driver.executeScript(loaded))) {
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("no page loaded; the browser is at %s", driver.getCurrentUrl())
          .isLessThan(Duration.ofSeconds(60));
      LockSupport.parkNanos(20_000_000);
    }
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  public void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  public void width(int px) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", px, "height", 844, "deviceScaleFactor", 1, "mobile", px < 600));
  }

  /** Returns what the console said since the last call. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Returns the addresses that were asked for since the last call, but for pages of the disk. */
  public List<String> requests() {
    Stream<String> messages =
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream().map(LogEntry::getMessage);
    return messages
        .filter(each -> each.contains("\"Network.requestWillBeSent\""))
        .map(each -> each.replaceFirst("(?s).*?\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
        .filter(url -> !url.startsWith("data:") && !url.startsWith("chrome:"))
        .filter(url -> !url.endsWith("/index.html"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
