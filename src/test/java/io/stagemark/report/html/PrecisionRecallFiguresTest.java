package io.stagemark.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.report.SampleRun;
import io.stagemark.report.page.Block;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PrecisionRecallFiguresTest {
  // 1 at recall 0, .01, … .49, then 0: 50 of 101 points
  private static final List<Double> HALF = points(50);

  private static List<Double> points(int ones) {
    List<Double> points = new ArrayList<>(Collections.nCopies(ones, 1.0));
    points.addAll(Collections.nCopies(PrecisionRecallCurve.POINTS - ones, 0.0));
    return points;
  }

  private static PrecisionRecallCurve mean(String iou, List<Double> precision) {
    return new PrecisionRecallCurve(Optional.empty(), iou, 7, precision);
  }

  private static List<PrecisionRecallCurve> both(List<Double> precision) {
    return List.of(
        mean("0.50", precision),
        mean("0.75", precision),
        new PrecisionRecallCurve(Optional.of("cat"), "0.50", 3, precision));
  }

  private static CaseResult with(
      CaseResult one, List<PrecisionRecallCurve> curves, List<Score> scores) {
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        one.timed(),
        one.operations(),
        new CaseResult.Scored(scores, one.scored().classes(), one.scored().scoresAgree(), curves),
        one.trials(),
        one.proof());
  }

  private static List<Block> blocks(
      List<PrecisionRecallCurve> first, List<PrecisionRecallCurve> second, List<Score> scores) {
    RunResult run = SampleRun.complete();
    RunResult changed =
        SampleRun.with(
            run,
            List.of(
                with(run.cases().get(0), first, scores), with(run.cases().get(1), second, scores)));
    return PrecisionRecallFigures.of(RunView.of(changed, Path.of("nowhere")));
  }

  private static List<Score> scored(double value, long count) {
    return List.of(new Score("coco-ap", value, "ratio", false, count));
  }

  private static List<Block.Figure> figures(List<Block> blocks) {
    return blocks.stream()
        .filter(Block.Multiples.class::isInstance)
        .flatMap(block -> ((Block.Multiples) block).figures().stream())
        .toList();
  }

  private static List<String> paragraphs(List<Block> blocks) {
    return blocks.stream()
        .filter(Block.Paragraph.class::isInstance)
        .map(block -> ((Block.Paragraph) block).text())
        .toList();
  }

  @Test
  void of_differentCurves_drawsEachCaseOverTheSameAxes() {
    List<Block.Figure> figures = figures(blocks(both(HALF), both(points(101)), scored(.5, 4)));
    assertThat(figures)
        .extracting(Block.Figure::id)
        .containsExactly(
            "precision-recall-1",
            "precision-recall-classes-1",
            "precision-recall-2",
            "precision-recall-classes-2");
    assertThat(figures.get(0).title()).contains("7 objects").contains("onnxruntime");
    assertThat(figures.get(2).title()).contains("pytorch");
    assertThat(figures)
        .allSatisfy(
            figure ->
                assertThat(figure.narrow()).contains(">recall<", ">precision<", ">0.2<", ">1<"));
    assertThat(figures.get(1).narrow()).contains("cat (n 3): AP 0.4950");
  }

  // 50 of 101 points are 1: AP .4950, which is in the legend and in the table
  @Test
  void of_anyCurve_hasItsAveragePrecisionAndEveryTenthPoint() {
    Block.Figure figure = figures(blocks(both(HALF), both(HALF), scored(.5, 4))).get(0);
    assertThat(figure.narrow()).contains("IoU 0.50: AP 0.4950", "IoU 0.75: AP 0.4950");
    List<Block.Row> rows = figure.data().orElseThrow().rows();
    assertThat(rows).hasSize(12);
    assertThat(rows.get(4).cells())
        .extracting(Block.Cell::text)
        .containsExactly("0.4", "1.000", "1.000");
    assertThat(rows.get(5).cells())
        .extracting(Block.Cell::text)
        .containsExactly("0.5", "0.000", "0.000");
    assertThat(rows.get(11).cells().get(1).text()).isEqualTo("0.4950");
    assertThat(figure.narrow()).contains("IoU 0.50: precision 1.000 at recall 0.4");
    assertThat(figure.narrow()).doesNotContain("at recall 0.5");
  }

  @Test
  void of_equalCurves_sharesOneFigure() {
    List<Block> blocks = blocks(both(HALF), both(HALF), scored(.5, 4));
    assertThat(figures(blocks)).hasSize(2);
    assertThat(figures(blocks).get(0).title()).contains("onnxruntime; pytorch");
    assertThat(paragraphs(blocks)).noneMatch(text -> text.startsWith("Not drawn"));
  }

  @Test
  void of_curvesWithoutAnObject_saysWhyThereIsNone() {
    List<PrecisionRecallCurve> none = List.of(mean("0.50", List.of()), mean("0.75", List.of()));
    List<Block> blocks = blocks(none, both(HALF), scored(Double.NaN, 4));
    assertThat(figures(blocks)).hasSize(2);
    assertThat(paragraphs(blocks))
        .contains("Not drawn for onnxruntime: no example has an object that should be found.");
  }

  @Test
  void of_outputsThatWereNotScored_saysSo() {
    assertThat(paragraphs(blocks(List.of(), List.of(), scored(Double.NaN, 0))))
        .containsExactly("Not drawn for onnxruntime; pytorch: the outputs could not be scored.");
  }

  @Test
  void of_resultOfAnOlderVersion_saysThatItHasNone() {
    assertThat(paragraphs(blocks(List.of(), List.of(), scored(.25, 4))))
        .singleElement()
        .asString()
        .contains("result.json has no curves");
  }

  @Test
  void of_otherScores_isNothing() {
    List<Score> top1 = List.of(new Score("top-1", .5, "ratio", false, 4));
    assertThat(blocks(List.of(), List.of(), top1)).isEmpty();
  }
}
