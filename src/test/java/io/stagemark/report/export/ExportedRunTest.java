package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.InvalidCases;
import io.stagemark.result.CaseResult;
import io.stagemark.result.LoadFigures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExportedRunTest {
  private static List<String> paths(CaseResult... cases) {
    return ExportedRun.of(ExportRuns.run(cases), InvalidCases.INCLUDED).cases().stream()
        .map(one -> one.name().path("forward"))
        .toList();
  }

  @Test
  void name_plainParts_staysAsItIs() {
    assertThat(paths(ExportRuns.good("yolov8n-1.0", "onnxruntime")))
        .containsExactly("yolov8n-1.0/onnxruntime/cpu/t2/b4/forward");
  }

  // Both become a_b: the digest of the text keeps them apart, in whichever order they come.
  @Test
  void names_textsThatAreMendedAlike_areTwo() {
    List<String> both = paths(ExportRuns.good("a b", "e"), ExportRuns.good("a/b", "e"));
    assertThat(both).doesNotHaveDuplicates().allMatch(path -> path.startsWith("a_b-"));
    assertThat(paths(ExportRuns.good("a/b", "e"))).containsExactly(both.get(1));
  }

  @Test
  void names_casesWithEqualParts_areNumbered() {
    assertThat(
            paths(
                ExportRuns.good("net", "e"),
                ExportRuns.good("net", "e"),
                ExportRuns.good("net", "e")))
        .containsExactly(
            "net/e/cpu/t2/b4/forward", "net_2/e/cpu/t2/b4/forward", "net_3/e/cpu/t2/b4/forward");
  }

  // A case keeps its name whether another is written or not.
  @Test
  void names_invalidCaseLeftOut_doNotMove() {
    CaseResult[] cases = {ExportRuns.invalid("e"), ExportRuns.good("net", "e")};
    assertThat(ExportedRun.of(ExportRuns.run(cases), InvalidCases.LEFT_OUT).cases())
        .extracting(one -> one.name().path())
        .containsExactly("net_2/e/cpu/t2/b4");
  }

  // The number of streams that an offline run finds differs from run to run.
  @ParameterizedTest
  @CsvSource({
    "single-stream, 1, '', net/e/cpu/t2/b4",
    "single-stream, 1, 1, net/e/cpu/t2/b4",
    "offline, 3, '', net/e/cpu/t2/b4/offline",
    "offline, 3, 3, net/e/cpu/t2/b4/offline-s3",
    "server, 2, '', net/e/cpu/t2/b4/server-s2",
  })
  void name_underLoad_hasWhatTheConfigFixes(
      String scenario, int streams, String configured, String path) {
    CaseResult plain = ExportRuns.good("net", "e");
    LoadFigures load =
        new LoadFigures(
            new LoadFigures.Applied(scenario, streams, 1, Optional.empty(), 0, Optional.empty()),
            LoadFigures.QueueTimes.NONE,
            Optional.empty(),
            List.of(),
            "");
    CaseResult loaded =
        new CaseResult(
            plain.id(),
            plain.key(),
            plain.status(),
            new CaseResult.Timed(
                plain.timed().stages(),
                plain.timed().framesPerSecond(),
                plain.timed().detail(),
                Optional.of(load),
                List.of()),
            plain.operations(),
            plain.scored(),
            plain.trials(),
            plain.proof());
    Map<String, Object> settings =
        configured.isEmpty() ? Map.of() : Map.of("streams", Integer.valueOf(configured));
    CaseName name = CaseName.of(loaded, Map.of("measure", Map.of("load", settings)));
    assertThat(name.path()).isEqualTo(path);
    assertThat(name.labels().containsKey("streams")).isEqualTo(!path.endsWith("/offline"));
    assertThat(new ExportedCase(name, loaded).streams()).isEqualTo(streams);
  }

  @ParameterizedTest
  @CsvSource({
    "yolov8n,yolov8n",
    "größe-2,größe-2",
    "نموذج,نموذج",
  })
  void safeName_lettersDigitsAndMarks_stay(String text, String name) {
    assertThat(SafeName.of(text)).isEqualTo(name);
  }

  // printf 'a b' | sha256sum begins with c8687a08
  @Test
  void safeName_anythingElse_isMendedWithTheDigestOfTheText() {
    assertThat(SafeName.of("a b")).isEqualTo("a_b-c8687a08");
    assertThat(SafeName.of("=cmd")).matches("cmd-[0-9a-f]{8}");
    assertThat(SafeName.of("")).isEqualTo("e3b0c442");
    assertThat(SafeName.withoutDots("a.b")).matches("a_b-[0-9a-f]{8}");
    assertThat(SafeName.of("a.b")).isEqualTo("a.b");
  }

  @Test
  void safeName_atTheLimit_staysAndBeyondIsCut() {
    assertThat(SafeName.of("x".repeat(64))).isEqualTo("x".repeat(64));
    assertThat(SafeName.of("x".repeat(65))).matches("x{55}-[0-9a-f]{8}");
    assertThat(SafeName.of("𝒙".repeat(65)).codePoints()).hasSize(64).doesNotContain(0xFFFD);
  }

  @Test
  void notes_ofManyCases_areOneLineEachText() {
    Notes notes = new Notes();
    IntStream.range(0, 11).forEach(i -> notes.add("no score", "e" + i));
    notes.add("no times", "a");
    assertThat(notes.lines())
        .containsExactly("no score: e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, 1 more", "no times: a");
  }

  @Test
  void console_manyCasesLeftOut_namesTenAndCountsTheOthers() {
    CaseResult[] many =
        IntStream.range(0, 13).mapToObj(i -> ExportRuns.dead("e" + i)).toArray(CaseResult[]::new);
    String console =
        ExportedRun.of(ExportRuns.run(many), InvalidCases.LEFT_OUT)
            .rendering("csv", List.of())
            .console();
    assertThat(console).contains("e9/cpu").doesNotContain("e10/cpu").contains("3 more");
  }
}
