package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ClassMask;
import io.stagemark.data.OutputSummary;
import io.stagemark.data.PlainText;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.Figures;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a case without scores answered, in Markdown: its first examples, a row each. */
final class AnswerTables {
  private static final int MAX_ROWS = 10;
  private static final int MAX_NAMED = 3;

  private AnswerTables() {}

  /** Returns the table; empty for a case with scores, or whose examples were not kept. */
  static String of(Path folder, CaseResult one) throws BadInputException {
    Path file = folder.resolve(CaseExamples.fileName(one.id()));
    if (!one.scores().isEmpty() || !Files.isRegularFile(file)) {
      return "";
    }
    CaseExamples all = ResultFiles.readExamples(file);
    if (all.examples().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    int shown = Math.min(MAX_ROWS, all.examples().size());
    text.append(
        String.format(
            ROOT,
            "\nPredictions, not scored: %d of %d examples\n\n| example | predicted |\n|---|---|\n",
            shown,
            all.examples().size()));
    List<String> labels = all.labels().stream().map(PlainText::markdown).toList();
    for (ExampleResult example : all.examples().subList(0, shown)) {
      String id = PlainText.markdown(example.id());
      text.append(String.format(ROOT, "| %s | %s |\n", id, predicted(example, labels)));
    }
    return text.toString();
  }

  private static String predicted(ExampleResult example, List<String> labels) {
    if (example.answer().isEmpty()) {
      return objects(example, labels);
    }
    ExampleAnswer answer = example.answer().get();
    if (answer.mask().isPresent()) {
      return pixels(answer.mask().get().mask(), labels);
    }
    if (!answer.outputs().isEmpty()) {
      return answer.outputs().stream().map(AnswerTables::output).collect(Collectors.joining("; "));
    }
    return orNone(
        answer.predicted().stream()
            .limit(MAX_NAMED)
            .map(it -> labels.get(it.classId()) + " " + Figures.score(it.score()))
            .toList());
  }

  private static String objects(ExampleResult example, List<String> labels) {
    List<String> best =
        example.detections().stream()
            .limit(MAX_NAMED)
            .map(it -> labels.get(it.classId()) + " " + Figures.score(it.score()))
            .toList();
    int count = example.detections().size();
    return count == 0
        ? "no object"
        : String.format(
                ROOT, "%d object%s: %s", count, count == 1 ? "" : "s", String.join(", ", best))
            + (count > best.size() ? ", …" : "");
  }

  /** The share of the pixels that each class has; a binary model's background has no name. */
  private static String pixels(ClassMask mask, List<String> labels) {
    int[] counts = new int[ClassMask.IGNORED + 1];
    for (int i = 0; i < mask.size(); i++) {
      counts[mask.at(i)]++;
    }
    boolean binary = labels.size() == 1;
    List<String> shares = new ArrayList<>();
    for (int id = binary ? 1 : 0; id < (binary ? 2 : labels.size()); id++) {
      if (counts[id] > 0) {
        double percent = 100.0 * counts[id] / mask.size();
        shares.add(
            String.format(ROOT, "%s %.1f %% of the pixels", labels.get(binary ? 0 : id), percent));
      }
    }
    return orNone(shares);
  }

  private static String output(OutputSummary output) {
    String odd =
        output.nan() + output.infinite() == 0
            ? ""
            : String.format(ROOT, ", %d NaN, %d infinite", output.nan(), output.infinite());
    return String.format(
        ROOT,
        "%s %s%s: %s to %s, mean %s%s",
        PlainText.markdown(output.name()),
        output.type(),
        output.shape(),
        number(output.min()),
        number(output.max()),
        number(output.mean()),
        odd);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(ROOT, "%.4g", value.getAsDouble()) : Figures.ABSENT;
  }

  private static String orNone(List<String> answers) {
    return answers.isEmpty() ? "none" : String.join(", ", answers);
  }
}
