package io.stagemark.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.html.Axe;
import io.stagemark.report.html.Chromium;
import io.stagemark.report.html.LargeRun;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What a user does in the browser with the pages of {@code serve}. */
final class ServeInBrowserTest {
  @TempDir private static Path root;

  private static Chromium chromium;
  private static ReportServer server;
  private static Path reports;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(Files.createDirectories(root.resolve("profile")));
    reports = Files.createDirectories(root.resolve("reports"));
    LargeRun.write(reports.resolve("one"), 2, 2000);
    LargeRun.write(reports.resolve("two"), 2, 2000);
    ServedRuns.write(
        reports.resolve("other"), "<img src=x onerror=window.hostile=1>", "2026-11-02T10:00:00Z");
    server =
        ReportServer.start(
            reports, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Set.of());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void plain() {
    chromium.width(1200);
    chromium.prefer("light");
  }

  private static void open(String path) {
    chromium.open(server.address().resolve(path));
  }

  private static List<WebElement> all(String css) {
    return chromium.driver().findElements(By.cssSelector(css));
  }

  private static void press(String css) {
    chromium.driver().findElement(By.cssSelector(css)).click();
  }

  private static void follow(String css) {
    chromium.leave(() -> press(css));
  }

  @Test
  void list_twoChosen_areComparedAndEveryPageIsQuiet() {
    open("/");
    chromium.console();
    chromium.requests();
    assertThat(all(".choose tbody tr")).hasSize(3);
    assertThat(chromium.run("return window.hostile === undefined")).isEqualTo(true);
    press("input[value='one']");
    press("input[value='two']");
    follow(".choose button:not(th button)");
    assertThat(chromium.driver().getCurrentUrl()).contains("/compare?run=");
    assertThat(all("h1").get(0).getText()).isEqualTo("large → large");
    assertThat(all("#answer .chip").get(0).getText()).isEqualTo("CANNOT TELL"); // two trials each
    follow(".brand a");
    follow("tbody th a[href='/run/one/']");
    assertThat(all("main section")).hasSizeGreaterThan(5);
    follow(".brand a");
    follow("a[href='/trends']");
    assertThat(all("svg")).isNotEmpty();
    assertThat(chromium.console()).isEmpty();
    assertThat(chromium.requests())
        .allMatch(url -> url.startsWith(server.address().toString()), "of the server itself");
  }

  @Test
  void find_words_keepThoseThatHaveThem() {
    open("/");
    WebElement field = all(".find input").get(0);
    field.sendKeys("onerror");
    chromium.leave(field::submit);
    assertThat(all(".choose tbody tr")).hasSize(1);
    assertThat(all(".find input").get(0).getDomProperty("value")).isEqualTo("onerror");
  }

  @Test
  void runUnderWay_fillsItselfAndThenRests() throws Exception {
    Path folder = reports.resolve("growing");
    RunResult whole = LargeRun.write(folder, 2, 200);
    Files.writeString(
        folder.resolve(ResultFiles.RESULT),
        ResultFiles.text(at(whole, RunResult.Status.RUNNING, 1)));
    try {
      open("/run/growing/");
      assertThat(all("meta[http-equiv=refresh]")).hasSize(1);
      int before = all("#cases > .scroll tbody tr").size();
      Files.writeString(folder.resolve(ResultFiles.RESULT), ResultFiles.text(whole));
      int rows = before;
      for (int waited = 0; rows <= before && waited < 200; waited++) {
        Thread.sleep(100); // the page asks again every 5 s, and has no rows while it loads
        rows = all("#cases > .scroll tbody tr").size();
      }
      assertThat(rows).isGreaterThan(before);
      assertThat(all("meta[http-equiv=refresh]")).isEmpty();
    } finally {
      Files.delete(folder.resolve(ResultFiles.RESULT));
    }
  }

  private static RunResult at(RunResult run, RunResult.Status status, int cases) {
    return new RunResult(
        run.schemaVersion(),
        run.name(),
        status,
        run.startedAt(),
        run.wallSeconds(),
        run.dataset(),
        run.environment(),
        run.config(),
        run.cases().subList(0, cases),
        run.parity(),
        run.differences(),
        run.proof(),
        run.calibration());
  }

  @Test
  void everyPage_onAPhoneInBothThemes_fitsAndHasNoSeriousFault() {
    for (String path : List.of("/", "/compare?run=one&run=two", "/trends")) {
      chromium.width(390);
      open(path);
      assertThat(((Number) chromium.run("return document.documentElement.scrollWidth")).intValue())
          .as(path)
          .isLessThanOrEqualTo(390);
      chromium.width(1200);
      for (String scheme : List.of("light", "dark")) {
        chromium.prefer(scheme);
        chromium.run("document.querySelectorAll('details').forEach(d => d.open = true)");
        assertThat(Axe.seriousFaults(chromium, scheme)).as(path + " " + scheme).isEmpty();
      }
    }
  }
}
