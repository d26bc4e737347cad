package io.stagemark.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.CandidateTables;
import io.stagemark.report.GoldenFiles;
import io.stagemark.report.ResultSchema;
import io.stagemark.report.SampleRun;
import io.stagemark.report.SubStageTables;
import io.stagemark.result.CandidateFigures.Spread;
import io.stagemark.result.SubStages.StageParts;
import io.stagemark.result.SubStages.SubStage;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.Distribution;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StageDetailTest {
  private final Locale before = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  private static Distribution steady(long nanos) {
    return Distribution.of(LongStream.generate(() -> nanos).limit(64).toArray());
  }

  private static StageDetail detail() {
    return new StageDetail(
        Optional.of(
            new CandidateFigures(
                4,
                new Spread(10, 250, 31_000),
                new Spread(10, 250, 30_000),
                new Spread(1, 7, 300),
                2)),
        Optional.of(
            new SubStages(
                List.of(
                    new StageParts(
                        "preprocess",
                        steady(900_000),
                        List.of(
                            new SubStage("resize", steady(300_000), 0.334),
                            new SubStage("normalise", steady(594_000), 0.66))),
                    new StageParts(
                        "postprocess",
                        steady(880_000),
                        List.of(
                            new SubStage("filter", steady(500_000), 0.568),
                            new SubStage("nms", steady(220_000), 0.25)))))));
  }

  private static RunResult result() {
    RunResult plain = SampleRun.complete();
    CaseResult one = plain.cases().get(0);
    CaseResult detailed =
        new CaseResult(
            one.id(),
            one.key(),
            one.status(),
            new CaseResult.Timed(
                one.timed().stages(),
                one.timed().framesPerSecond(),
                Optional.of(detail()),
                one.timed().load(),
                List.of()),
            one.operations(),
            one.scored(),
            one.trials(),
            one.proof());
    return SampleRun.with(plain, List.of(detailed, plain.cases().get(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE", "ar-EG"})
  void tables_detailedCase_areTheGoldenTextInEveryLocale(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    RunResult result = result();
    CaseLabels labels = CaseLabels.of(result.cases());
    String console =
        CandidateTables.console(result, labels) + SubStageTables.console(result, labels);
    GoldenFiles.assertGolden("console-detail.txt", console);
    assertThat(console.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void tables_caseWithoutDetail_areEmpty() {
    RunResult plain = SampleRun.complete();
    CaseLabels labels = CaseLabels.of(plain.cases());
    assertThat(CandidateTables.console(plain, labels)).isEmpty();
    assertThat(SubStageTables.console(plain, labels)).isEmpty();
  }

  @Test
  void result_withDetail_fitsTheSchemaAndComesBack() throws Exception {
    Path file = folder.resolve("result.json");
    ResultFiles.write(file, result());
    assertThat(ResultSchema.problems(file)).isEmpty();
    assertThat(ResultFiles.readRun(file).cases().get(0).timed().detail()).contains(detail());
  }

  @Test
  void result_ofAnOlderFileWithoutDetail_hasNone() throws Exception {
    Path file = folder.resolve("case.json");
    ResultFiles.write(file, SampleRun.complete().cases().get(0));
    String older = java.nio.file.Files.readString(file).replaceAll(",\\s*\"detail\" : null", "");
    assertThat(older).doesNotContain("detail");
    java.nio.file.Files.writeString(file, older);
    assertThat(ResultFiles.read(file, CaseResult.class).timed().detail()).isEmpty();
  }
}
