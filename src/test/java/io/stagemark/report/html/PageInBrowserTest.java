package io.stagemark.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.RecordTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of a run as a browser shows it. */
final class PageInBrowserTest {
  private static final String HOSTILE =
      "<script>window.hostile=1</script><img src=x onerror=window.hostile=1>|\u001b[31m\u202e\u200f'\"&"
          + "w".repeat(300);

  /** Words that the program takes a meaning from. */
  private static final Set<String> MEANT =
      Set.of("decode", "preprocess", "forward", "postprocess", "gap", "total", "score");

  @TempDir private static Path root;

  private static Chromium chromium;
  private static RunResult run;
  private static Path page;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(Files.createDirectories(root.resolve("profile")));
    run = LargeRun.write(root.resolve("run"), 6, 4000);
    new HtmlReporter().render(run, OutputTree.of(root.resolve("run")));
    page = root.resolve("run").resolve(HtmlReporter.FILE);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() {
    chromium.width(1200);
    chromium.prefer("light");
    chromium.open(page);
  }

  private static List<WebElement> all(String css) {
    return chromium.driver().findElements(By.cssSelector(css));
  }

  @Test
  void page_fromTheDisk_saysNothingInTheConsoleAndAsksForNothing() {
    chromium.console();
    chromium.requests();
    chromium.open(page);
    assertThat(all("main section")).hasSizeGreaterThan(5);
    assertThat(chromium.console()).isEmpty();
    assertThat(chromium.requests()).isEmpty();
  }

  @Test
  void stageBars_eachMark_hasTheMedianOfTheResult() {
    for (CaseResult one : run.cases()) {
      for (String stage : List.of("decode", "preprocess", "forward", "postprocess")) {
        long nanos = one.stage(stage).orElseThrow().quantile(50).nanos().getAsLong();
        List<WebElement> marks =
            all("#stages .wide rect[data-case='%s'][data-stage='%s']".formatted(one.id(), stage));
        assertThat(marks).hasSize(1);
        assertThat(Double.parseDouble(marks.get(0).getDomAttribute("data-ms")))
            .isEqualTo(nanos / 1e6);
      }
    }
  }

  @Test
  void stageBars_widthsOnTheScreen_areInProportionToTheResult() {
    String script =
        "return [...document.querySelectorAll('#stages .wide rect[data-stage=forward]')]"
            + ".map(r => r.getBoundingClientRect().width / r.dataset.ms)";
    List<?> pixelsPerMilli = (List<?>) chromium.run(script);
    assertThat(pixelsPerMilli).hasSize(6);
    double first = ((Number) pixelsPerMilli.get(0)).doubleValue();
    assertThat(pixelsPerMilli)
        .allSatisfy(
            each -> assertThat(((Number) each).doubleValue() / first).isBetween(0.99, 1.01));
  }

  @Test
  void tail_eachMark_isAPercentileOfTheResult() {
    for (CaseResult one : run.cases()) {
      List<WebElement> marks =
          all("#tail-quantiles .wide path[data-case='%s']".formatted(one.id()));
      // 2000 samples of the last trial: p50, p90, p95, p99, and no p99.9
      assertThat(marks).hasSize(4);
      assertThat(Double.parseDouble(marks.get(3).getDomAttribute("data-ms")))
          .isEqualTo(
              one.stage(Stage.TOTAL.label()).orElseThrow().quantile(99).nanos().getAsLong() / 1e6);
    }
    assertThat(all("#tail-quantiles .wide line.absent")).hasSize(1);
  }

  @Test
  void trials_eachTrial_hasItsDot() {
    assertThat(all("#trials .wide path[data-trial]")).hasSize(12);
  }

  @Test
  void dark_preferred_isDarkWithLightText() {
    chromium.prefer("dark");
    String color = "return getComputedStyle(document.documentElement).%s";
    assertThat(chromium.run(color.formatted("backgroundColor"))).isEqualTo("rgb(18, 21, 25)");
    assertThat(chromium.run(color.formatted("color"))).isEqualTo("rgb(231, 234, 238)");
  }

  @Test
  void phone_390Px_scrollsOnlyInTables() {
    chromium.width(390);
    assertThat(((Number) chromium.run("return document.documentElement.scrollWidth")).intValue())
        .isLessThanOrEqualTo(390);
    assertThat(all("#stages .narrow svg").get(0).isDisplayed()).isTrue();
    assertThat(all("#stages .wide svg").get(0).isDisplayed()).isFalse();
    String size =
        "const s = document.querySelector('#stages .narrow svg');"
            + "return 12 * s.getBoundingClientRect().width / s.viewBox.baseVal.width";
    assertThat(((Number) chromium.run(size)).doubleValue()).isGreaterThan(11); // px of its text
  }

  private static List<Double> column(int index) {
    return all("#cases > .scroll tbody tr td:nth-child(" + index + ")").stream()
        .map(cell -> Double.parseDouble(cell.getText().replaceFirst(" .*", "")))
        .toList();
  }

  @Test
  void table_headingByKeyboard_sortsUpAndThenDown() {
    WebElement button = all("#cases > .scroll thead th:nth-child(4) button").get(0);
    WebElement head = all("#cases > .scroll thead th:nth-child(4)").get(0);
    button.sendKeys(Keys.ENTER);
    assertThat(head.getDomAttribute("aria-sort")).isEqualTo("ascending");
    assertThat(column(4)).hasSize(6).isSorted();
    button.sendKeys(Keys.SPACE);
    assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
    assertThat(column(4)).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void keyboard_tabAlone_reachesEverything() {
    long wanted =
        (Long)
            chromium.run(
                "return [...document.querySelectorAll('a[href],button,summary,[tabindex=\"0\"]')]"
                    + ".filter(e => e.checkVisibility()).length");
    chromium.run(
        "document.activeElement.blur(); window.scrollTo(0, 0); window.seen = new Set();"
            + "document.addEventListener('focusin', e => window.seen.add(e.target))");
    // the browser gives each key to what has the focus by then
    WebElement body = chromium.driver().findElement(By.tagName("body"));
    body.sendKeys(Keys.TAB.toString().repeat((int) wanted + 5));
    assertThat((Long) chromium.run("return window.seen.size")).isGreaterThanOrEqualTo(wanted);
  }

  @Test
  void zoom_opened_drawsTheSeriesAndMovesByKeyboard() {
    chromium.console();
    WebElement button = all("#series-1 .zoom > button").get(0);
    button.sendKeys(Keys.ENTER);
    assertThat(all("#series-1 .zoom canvas")).hasSize(1);
    assertThat(button.getDomAttribute("aria-expanded")).isEqualTo("true");
    for (WebElement key : all("#series-1 .zoom .keys button")) {
      key.sendKeys(Keys.ENTER);
    }
    button.sendKeys(Keys.ENTER);
    assertThat(all("#series-1 .zoom canvas")).isEmpty();
    assertThat(chromium.console()).isEmpty();
  }

  // unfolded, axe takes some ms for each text: rows of a table are alike, and four are enough; dark
  // colours are those of the same classes
  @Test
  void axe_lightAndDark_findNothingSerious() {
    chromium.prefer("dark");
    assertThat(Axe.seriousFaults(chromium, "dark")).as("dark").isEmpty();
    chromium.prefer("light");
    chromium.run(
        "document.querySelectorAll('details').forEach(d => d.open = true);"
            + "document.querySelectorAll('tbody').forEach("
            + "  body => [...body.rows].slice(4).forEach(row => row.remove()))");
    assertThat(Axe.seriousFaults(chromium, "light")).as("light").isEmpty();
  }

  @Test
  void hostileNames_everywhere_stayTextAndFitThePhone() throws Exception {
    RunResult hostile = RecordTexts.map(run, text -> MEANT.contains(text) ? text : text + HOSTILE);
    Path folder = Files.createDirectories(root.resolve("hostile"));
    new HtmlReporter().render(hostile, OutputTree.of(folder));
    chromium.console();
    chromium.open(folder.resolve(HtmlReporter.FILE));
    chromium.width(390);
    assertThat(chromium.run("return window.hostile === undefined")).isEqualTo(true);
    assertThat(all("img")).isEmpty();
    assertThat(chromium.console()).isEmpty();
    assertThat(((Number) chromium.run("return document.documentElement.scrollWidth")).intValue())
        .isLessThanOrEqualTo(390);
    chromium.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertThat(((Number) chromium.run("return document.documentElement.scrollWidth")).intValue())
        .as("with everything unfolded")
        .isLessThanOrEqualTo(390);
    assertThat(chromium.run("return document.body.innerText.includes('\\u202e')")).isEqualTo(false);
    String outside =
        "return [...document.querySelectorAll('.narrow svg')].filter(s => {"
            + "const box = s.getBoundingClientRect();"
            + "return [...s.querySelectorAll('text')].some(t => {"
            + "const b = t.getBoundingClientRect();"
            + "return b.width > 0 && (b.left < box.left - 2 || b.right > box.right + 2);"
            + "});}).map(s => s.getAttribute('aria-labelledby'))";
    assertThat((List<?>) chromium.run(outside)).isEmpty();
  }

  @Test
  void ids_always_areUnique() {
    List<?> ids =
        (List<?>) chromium.run("return [...document.querySelectorAll('[id]')].map(e => e.id)");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(IntStream.range(1, 5).mapToObj(i -> "series-" + i).toList()).allMatch(ids::contains);
  }
}
