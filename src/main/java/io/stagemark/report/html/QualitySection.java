package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.Score;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.DotRows;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.Parity;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.file.CaseExamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Whether it is still right: scores, differences between cases, worst examples. */
final class QualitySection {
  private static final int MAX_PICTURES = 24;
  private static final int MAX_OF_A_CASE = 6;

  private QualitySection() {}

  static Optional<Section> of(RunView run) throws IOException, BadInputException {
    List<Block> blocks = new ArrayList<>();
    scores(run).ifPresent(blocks::add);
    differences(run).forEach(blocks::add);
    parity(run).ifPresent(blocks::add);
    blocks.addAll(PrecisionRecallFigures.of(run));
    for (int i = 0; i < run.cases().size(); i++) {
      blocks.addAll(ofCase(run, i));
    }
    blocks.addAll(pictures(run));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "quality",
                "Quality",
                run.result().isScoredOnly()
                    ? "Is it right? Every example was scored, none was timed."
                    : "Is it right? Scores are of the very outputs that were timed.",
                blocks));
  }

  private static Optional<Block> scores(RunView run) {
    Set<String> names = new LinkedHashSet<>();
    Map<String, Score> known = new LinkedHashMap<>();
    for (CaseResult one : run.cases()) {
      one.scored().scores().forEach(score -> known.putIfAbsent(score.name(), score));
    }
    names.addAll(known.keySet());
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("score"), Column.text("better")));
    List<Row> rows = new ArrayList<>();
    boolean many = run.cases().size() > 8;
    if (many) {
      columns.set(0, Column.text("case"));
      columns.remove(1);
      names.forEach(name -> columns.add(Column.number(name)));
      for (int i = 0; i < run.cases().size(); i++) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(run.labels().get(i))));
        for (String name : names) {
          cells.add(value(run.cases().get(i), name));
        }
        rows.add(new Row(cells));
      }
    } else {
      run.labels().forEach(label -> columns.add(Column.number(label)));
      columns.add(Column.text("unit"));
      columns.add(Column.number("n"));
      for (Score score : known.values()) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(score.name()));
        cells.add(Cell.of(score.lowerIsBetter() ? "lower" : "higher"));
        run.cases().forEach(one -> cells.add(value(one, score.name())));
        cells.add(Cell.of(score.unit()));
        cells.add(Cells.count(score.count()));
        rows.add(new Row(cells));
      }
    }
    return Optional.of(new Block.Table("Losses and metrics", columns, rows, true));
  }

  private static Cell value(CaseResult one, String name) {
    double value = one.score(name).map(Score::value).orElse(Double.NaN);
    return Cell.of(Figures.score(value), value);
  }

  /** Returns a forest plot for each score: differences have its unit. */
  private static List<Block> differences(RunView run) {
    Map<String, List<ScoreDifference>> byScore = new LinkedHashMap<>();
    for (ScoreDifference d : run.result().differences()) {
      byScore.computeIfAbsent(d.metric().score(), key -> new ArrayList<>()).add(d);
    }
    List<Block> blocks = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    run.result().differences().forEach(d -> rows.add(row(run, d)));
    for (Map.Entry<String, List<ScoreDifference>> each : byScore.entrySet()) {
      boolean drawn =
          each.getValue().stream().anyMatch(d -> d.summary().low() > 0 || d.summary().high() < 0);
      if (drawn && blocks.size() < 4) {
        blocks.add(forest(run, each.getKey(), each.getValue(), blocks.size() + 1));
      }
    }
    if (!rows.isEmpty()) {
      blocks.add(
          new Block.Table(
              "Differences of the scores, paired by example, with the 95 % interval of their mean",
              List.of(
                  Column.text("candidate"),
                  Column.text("baseline"),
                  Column.text("score"),
                  Column.number("mean difference"),
                  Column.number("low"),
                  Column.number("high"),
                  Column.text("verdict"),
                  Column.number("rose"),
                  Column.number("fell"),
                  Column.number("n")),
              rows,
              true));
    }
    return blocks;
  }

  private static Block forest(
      RunView run, String score, List<ScoreDifference> differences, int number) {
    List<DotRows.Row> rows = new ArrayList<>();
    for (ScoreDifference d : differences) {
      ScoreDifference.Summary s = d.summary();
      if (Double.isFinite(s.mean()) && Double.isFinite(s.low()) && Double.isFinite(s.high())) {
        rows.add(
            new DotRows.Row(
                run.label(d.candidate()),
                0,
                List.of(
                    new DotRows.Dot(
                        s.mean(),
                        "mean difference " + signed(s.mean()),
                        Map.of("difference", CasesSection.number(s.mean())))),
                Optional.of(
                    new DotRows.Span(
                        s.mean(), s.low(), s.high(), signed(s.low()) + " to " + signed(s.high()))),
                verdict(d)));
      }
    }
    DotRows.Axis axis =
        new DotRows.Axis(
            "difference of " + score + " from " + run.label(differences.get(0).baseline()),
            Scale.Kind.LINEAR,
            OptionalDouble.of(0),
            OptionalDouble.empty());
    return Drawing.figure(
        new ChartTitle(
            "differences-" + number,
            "Paired differences of " + score,
            rows.size() + " cases against " + run.label(differences.get(0).baseline()) + "."),
        "Candidate minus baseline on the same examples; an interval that crosses 0 shows no"
            + " difference.",
        (title, width) -> DotRows.svg(title, width, axis, rows),
        Optional.empty());
  }

  private static Row row(RunView run, ScoreDifference d) {
    return new Row(
        List.of(
            Cell.of(run.label(d.candidate())),
            Cell.of(run.label(d.baseline())),
            Cell.of(d.metric().score()),
            Cell.of(signed(d.summary().mean()), d.summary().mean()),
            Cell.of(signed(d.summary().low()), d.summary().low()),
            Cell.of(signed(d.summary().high()), d.summary().high()),
            Cell.of(verdict(d)),
            Cells.count(d.summary().up()),
            Cells.count(d.summary().down()),
            Cells.count(d.summary().count())));
  }

  private static String signed(double value) {
    return Double.isFinite(value) ? String.format(ROOT, "%+.3g", value) : Figures.ABSENT;
  }

  private static String verdict(ScoreDifference d) {
    if (!(d.summary().low() > 0 || d.summary().high() < 0)) {
      return "no difference found";
    }
    return d.summary().low() > 0 == d.metric().lowerIsBetter() ? "worse" : "better";
  }

  private static Optional<Block> parity(RunView run) {
    List<Row> rows = new ArrayList<>();
    for (Parity parity : run.result().parity()) {
      for (Parity.Output output : parity.outputs()) {
        rows.add(
            new Row(
                List.of(
                    Cell.of(run.label(parity.candidate())),
                    Cell.of(run.label(parity.reference())),
                    Cell.of(output.name()),
                    Cell.of(
                        Figures.difference(output.maxAbsoluteDifference()),
                        output.maxAbsoluteDifference()),
                    Cells.count(parity.examples()),
                    Cell.of(parity.sameInputs() ? "yes, to the bit" : "NO"))));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Table(
                "Largest difference of the engines' raw outputs",
                List.of(
                    Column.text("case"),
                    Column.text("against"),
                    Column.text("output"),
                    Column.number("max |Δ|"),
                    Column.number("examples"),
                    Column.text("same inputs")),
                rows,
                false));
  }

  private static List<Block> ofCase(RunView run, int index) throws IOException, BadInputException {
    List<Block> blocks = new ArrayList<>();
    String label = run.labels().get(index);
    CaseResult one = run.cases().get(index);
    if (!one.scored().classes().isEmpty()) {
      blocks.add(
          new Block.Folded(
              "Figures by class: " + label, List.of(classes(label, one.scored().classes()))));
    }
    if (run.cases().size() <= MAX_PICTURES) {
      Optional<CaseExamples> examples = Thumbnails.examples(run, index);
      if (examples.isPresent()) {
        blocks.addAll(AnsweredClasses.of(index, label, examples.get()));
      }
    }
    return blocks;
  }

  private static Block.Table classes(String label, List<ClassFigures> classes) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("class")));
    for (Score figure : classes.get(0).figures()) {
      columns.add(Column.number(figure.name()));
      columns.add(Column.number("n"));
    }
    List<Row> rows = new ArrayList<>();
    for (ClassFigures one : classes) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(one.name())));
      for (Score figure : one.figures()) {
        cells.add(Cell.of(Figures.score(figure.value()), figure.value()));
        cells.add(Cells.count(figure.count()));
      }
      if (cells.size() == columns.size()) {
        rows.add(new Row(cells));
      }
    }
    return new Block.Table("Figures by class of " + label, columns, rows, true);
  }

  private static List<Block> pictures(RunView run) throws IOException, BadInputException {
    List<Block> blocks = new ArrayList<>();
    int left = MAX_PICTURES;
    int each = Math.max(1, Math.min(MAX_OF_A_CASE, MAX_PICTURES / run.cases().size()));
    for (int i = 0; i < run.cases().size() && left > 0; i++) {
      List<Block.Picture> pictures = Thumbnails.of(run, i, Math.min(each, left));
      if (!pictures.isEmpty()) {
        String title = "Examples: " + run.labels().get(i);
        left -= pictures.size();
        if (blocks.isEmpty()) {
          boolean worst =
              run.cases().get(i).scored().scores().stream().anyMatch(Score::lowerIsBetter);
          blocks.add(
              new Block.Heading(worst ? "Worst examples, the largest loss first" : "Examples"));
          blocks.add(new Block.Paragraph(Thumbnails.legend(run, i)));
        }
        Block gallery = new Block.Gallery(pictures);
        blocks.add(blocks.size() == 2 ? gallery : new Block.Folded(title, List.of(gallery)));
      }
    }
    for (int i = 0; i < run.cases().size(); i++) {
      if (Thumbnails.isTooLarge(run, i)) {
        blocks.add(
            new Block.Paragraph(
                run.labels().get(i) + ": too many examples for a page; examples/ has them."));
      }
    }
    return blocks;
  }
}
