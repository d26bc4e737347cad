package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ClassMask;
import io.stagemark.data.OutputSummary;
import io.stagemark.data.PlainText;
import io.stagemark.data.Score;
import io.stagemark.report.WorstExamples;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.Figures;
import io.stagemark.result.file.CaseExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Examples in words: the worst of a case with scores, the first of one without; pictures. */
final class ExamplesEvidence {
  private static final int MAX_CASES = 24;
  private static final int MAX_EXAMPLES = 10;
  private static final int MAX_NAMED = 3;
  private static final int MAX_LINKS = 40;

  private ExamplesEvidence() {}

  /** Returns a table a case. */
  static List<Block> examples(RunView run) throws IOException, BadInputException {
    List<Block> blocks = new ArrayList<>();
    int cases = Math.min(run.cases().size(), MAX_CASES);
    for (int i = 0; i < cases; i++) {
      Optional<CaseExamples> found = Thumbnails.examples(run, i);
      if (found.isPresent() && !found.get().examples().isEmpty()) {
        blocks.addAll(examples(run, i, found.get()));
      }
    }
    if (!blocks.isEmpty() && run.cases().size() > cases) {
      blocks.add(
          new Block.Paragraph(
              String.format(
                  ROOT,
                  "Of the first %d cases; the files in the folder examples have the others.",
                  cases)));
    }
    return blocks;
  }

  private static List<Block> examples(RunView run, int index, CaseExamples all) {
    CaseResult raw = run.raw().cases().get(index);
    List<String> labels = all.labels().stream().map(PlainText::seen).toList();
    Optional<WorstExamples> worst = WorstExamples.of(raw, all.examples());
    List<ExampleResult> of = worst.map(WorstExamples::examples).orElse(all.examples());
    List<ExampleResult> shown = of.subList(0, Math.min(MAX_EXAMPLES, of.size()));
    String caption =
        worst
                .map(w -> "Worst of " + of.size() + " examples by " + PlainText.seen(w.loss()))
                .orElse(
                    raw.scored().scores().isEmpty()
                        ? "Predictions, not scored: " + shown.size() + " of " + of.size()
                        : "The first " + shown.size() + " of " + of.size() + " examples")
            + ": "
            + run.labels().get(index);
    EvidenceTable table = new EvidenceTable(run, caption).texts("example", "true", "answered");
    List<String> scores = shown.get(0).scores().stream().map(Score::name).toList();
    scores.forEach(score -> table.numbers(PlainText.seen(score)));
    for (ExampleResult example : shown) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(PlainText.seen(example.id())));
      cells.add(Cell.of(truth(example, labels)));
      cells.add(Cell.of(answered(example, labels)));
      scores.forEach(score -> cells.add(value(example, score)));
      table.row(cells);
    }
    List<Block> blocks = new ArrayList<>(table.blocks());
    blocks.addAll(outputs(run, index, shown));
    return blocks;
  }

  private static Cell value(ExampleResult example, String name) {
    return example.scores().stream()
        .filter(score -> score.name().equals(name))
        .findFirst()
        .map(score -> Cell.of(Figures.score(score.value()), score.value()))
        .orElse(Cells.ABSENT);
  }

  private static String truth(ExampleResult example, List<String> labels) {
    if (!example.annotations().isEmpty()) {
      return objects(
          example.annotations().size(),
          example.annotations().stream().map(it -> labels.get(it.classId())).distinct().toList());
    }
    List<String> classes =
        example.answer().stream()
            .flatMap(answer -> answer.truth().stream())
            .map(labels::get)
            .toList();
    boolean mask =
        example
            .answer()
            .flatMap(ExampleAnswer::mask)
            .filter(it -> it.truthFile().isPresent())
            .isPresent();
    return mask ? "a mask" : classes.isEmpty() ? Figures.ABSENT : String.join(", ", classes);
  }

  private static String answered(ExampleResult example, List<String> labels) {
    if (example.answer().isEmpty()) {
      return objects(
          example.detections().size(),
          example.detections().stream()
              .map(it -> labels.get(it.classId()) + " " + Figures.score(it.score()))
              .toList());
    }
    ExampleAnswer answer = example.answer().get();
    if (answer.mask().isPresent()) {
      return pixels(answer.mask().get().mask(), labels);
    }
    if (!answer.outputs().isEmpty()) {
      return "the outputs below";
    }
    return orNone(
        answer.predicted().stream()
            .limit(MAX_NAMED)
            .map(it -> labels.get(it.classId()) + " " + Figures.score(it.score()))
            .toList());
  }

  private static String objects(int count, List<String> names) {
    if (count == 0) {
      return "no object";
    }
    List<String> named = names.subList(0, Math.min(MAX_NAMED, names.size()));
    return String.format(
        ROOT,
        "%d object%s: %s%s",
        count,
        count == 1 ? "" : "s",
        String.join(", ", named),
        names.size() > named.size() ? ", …" : "");
  }

  /** The share of the pixels that each class has; a binary model's background has no name. */
  private static String pixels(ClassMask mask, List<String> labels) {
    int[] counts = new int[ClassMask.IGNORED + 1];
    for (int i = 0; i < mask.size(); i++) {
      counts[mask.at(i)]++;
    }
    boolean binary = labels.size() == 1;
    List<String> shares = new ArrayList<>();
    int last = binary ? 1 : Math.min(labels.size(), ClassMask.IGNORED) - 1;
    for (int id = binary ? 1 : 0; id <= last; id++) {
      if (counts[id] > 0) {
        double percent = 100.0 * counts[id] / mask.size();
        String name = labels.get(binary ? 0 : id);
        shares.add(String.format(ROOT, "%s %.1f %% of the pixels", name, percent));
      }
    }
    return orNone(shares);
  }

  private static String orNone(List<String> answers) {
    return answers.isEmpty() ? "none" : String.join(", ", answers);
  }

  private static List<Block> outputs(RunView run, int index, List<ExampleResult> shown) {
    EvidenceTable table =
        new EvidenceTable(
                run,
                "Outputs that are not interpreted, of finite numbers: " + run.labels().get(index))
            .texts("example", "output", "type", "shape")
            .numbers("min", "max", "mean", "NaN", "infinite");
    for (ExampleResult example : shown) {
      for (OutputSummary output : example.answer().map(ExampleAnswer::outputs).orElse(List.of())) {
        table.row(
            Cell.of(PlainText.seen(example.id())),
            Cell.of(PlainText.seen(output.name())),
            Cell.of(PlainText.seen(output.type())),
            Cell.of(output.shape().toString()),
            number(output.min()),
            number(output.max()),
            number(output.mean()),
            Cells.count(output.nan()),
            Cells.count(output.infinite()));
      }
    }
    return table.blocks();
  }

  private static Cell number(OptionalDouble value) {
    return Cells.number(value, "%.4g");
  }

  /** Returns links to the pictures of examples that are in the folder. */
  static List<Block> pictures(RunView run) throws IOException {
    Path folder = run.folder().resolve("images");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names = files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
    List<Block.Link> links = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      String stem = CaseExamples.fileStem(run.raw().cases().get(i).id()) + "-";
      for (String name : names) {
        if (name.startsWith(stem) && name.endsWith(".png")) {
          links.add(
              new Block.Link(
                  PlainText.seen("images/" + name),
                  PlainText.markdownTarget("images/" + name),
                  run.labels().get(i)));
        }
      }
    }
    if (links.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Links(links.subList(0, Math.min(MAX_LINKS, links.size()))));
    if (links.size() > MAX_LINKS) {
      blocks.add(
          new Block.Paragraph(
              String.format(ROOT, "And %d more in the folder images.", links.size() - MAX_LINKS)));
    }
    return blocks;
  }
}
