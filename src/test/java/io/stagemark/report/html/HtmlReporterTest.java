package io.stagemark.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.report.SampleRun;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.result.file.StoredSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HtmlReporterTest {
  private static final int MEGABYTE = 1_000_000;

  @TempDir Path folder;

  private String page(RunResult run) throws Exception {
    new HtmlReporter().render(run, OutputTree.of(folder));
    return Files.readString(folder.resolve(HtmlReporter.FILE));
  }

  private static List<String> sections(String page) {
    Matcher headings = Pattern.compile("<section id=\"([a-z-]+)\"").matcher(page);
    List<String> found = new ArrayList<>();
    while (headings.find()) {
      found.add(headings.group(1));
    }
    return found;
  }

  private static String embedded(String page) {
    Matcher json =
        Pattern.compile("<script type=\"application/json\" id=\"result\">(.*?)</script>")
            .matcher(page);
    assertThat(json.find()).isTrue();
    return json.group(1);
  }

  @Test
  void render_wholeRun_hasItsSectionsInOrder() throws Exception {
    assertThat(sections(page(LargeRun.write(folder, 4, 400))))
        .containsExactly(
            "answer",
            "cases",
            "tail",
            "time",
            "trade-offs",
            "quality",
            "slow",
            "evidence",
            "trust");
  }

  // The sample has no file of samples, no counts and no examples: nothing of them is shown. Its
  // failed trial has a reason, and the machine has limits.
  @Test
  void render_noFigures_hasNoEmptySection() throws Exception {
    RunResult run = SampleRun.withAFailedCase();
    RunResult failed =
        new RunResult(
            run.schemaVersion(),
            run.name(),
            run.status(),
            run.startedAt(),
            run.wallSeconds(),
            run.dataset(),
            run.environment(),
            run.config(),
            List.of(run.cases().get(1)),
            List.of(),
            List.of(),
            run.proof(),
            run.calibration());
    String page = page(failed);
    assertThat(sections(page)).containsExactly("answer", "evidence", "trust");
    assertThat(page).contains("No case has figures", "FAILED", "INVALID");
  }

  @Test
  void render_anyRun_carriesItsResultOnce() throws Exception {
    RunResult run = SampleRun.complete();
    String page = page(run);
    String json = embedded(page).replace("\\u003c", "<");
    Path copy = folder.resolve("copy.json");
    Files.writeString(copy, json);
    assertThat(ResultFiles.readRun(copy)).isEqualTo(run);
    assertThat(page).contains("whole of result.json").containsOnlyOnce("id=\"result\"");
  }

  @Test
  void render_anyRun_namesWhatMayRunAndFetchesNothing() throws Exception {
    String page = page(SampleRun.complete());
    assertThat(page).contains("default-src &#39;none&#39;; style-src &#39;sha256-");
    assertThat(page).doesNotContain(" style=\"", "onclick", "src=\"http", "@import", "url(");
  }

  @Test
  void render_manySamples_isBelowThreeMegabytesAndSaysWhatItLeftOut() throws Exception {
    String page = page(LargeRun.write(folder, 100, 3000));
    assertThat(page.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
        .isLessThan(3 * MEGABYTE);
    assertThat(page).contains("result.json has everything", "so that no spike is lost");
  }

  @Test
  void render_otherLocale_isTheSame() throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      String plain = page(SampleRun.complete());
      Locale.setDefault(Locale.GERMANY);
      assertThat(page(SampleRun.complete())).isEqualTo(plain);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void samples_damagedFile_isNamed() throws Exception {
    LargeRun.write(folder, 1, 40);
    Path file = folder.resolve("samples/case0-trial1.npy");
    assertThat(StoredSamples.read(folder, "samples/case0-trial1.npy").orElseThrow().count())
        .isEqualTo(20);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 8));
    assertThatThrownBy(() -> StoredSamples.read(folder, "samples/case0-trial1.npy"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("case0-trial1.npy");
  }

  @Test
  void samples_outsideOfTheFolderOrMissing_areNone() throws Exception {
    LargeRun.write(folder.resolve("run"), 1, 40);
    Files.copy(folder.resolve("run/samples/case0-trial1.npy"), folder.resolve("other.npy"));
    assertThat(StoredSamples.read(folder.resolve("run"), "../other.npy")).isEmpty();
    assertThat(StoredSamples.read(folder.resolve("run"), "samples/none.npy")).isEmpty();
    assertThat(StoredSamples.read(folder.resolve("run"), "\u0000")).isEmpty();
  }
}
