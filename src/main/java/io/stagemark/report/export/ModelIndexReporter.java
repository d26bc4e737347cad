package io.stagemark.report.export;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stagemark.data.PlainText;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code model-index.yaml}: the scores as metadata of a Hugging Face model card, to be put at the
 * top of a model's README.md. Latency has no metric there and is left out. A card is of one model:
 * of several, one entry each.
 */
public final class ModelIndexReporter implements ExportReporter {
  private static final String FILE = "model-index.yaml";

  private static final Map<String, String> TASKS =
      Map.of(
          "detection", "object-detection",
          "classification", "image-classification",
          "segmentation", "image-segmentation");

  /** The Hub's names, where it has one. */
  private static final Map<String, String> METRICS =
      Map.of(
          "coco-ap", "mean_average_precision",
          "top-1", "accuracy",
          "miou", "mean_iou");

  @Override
  public String name() {
    return "model-index";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException {
    ExportedRun run = ExportedRun.of(result, invalid);
    Map<String, List<ExportedCase>> byModel = new LinkedHashMap<>();
    Notes notes = new Notes();
    for (ExportedCase one : run.cases()) {
      if (scores(one).isEmpty()) {
        notes.add("no score", one.name().path());
      } else {
        byModel.computeIfAbsent(one.result().key().model(), key -> new ArrayList<>()).add(one);
      }
    }
    StringBuilder text = new StringBuilder();
    run.comments().forEach(line -> text.append("# ").append(line).append('\n'));
    if (byModel.size() > 1) {
      text.append("# a model card takes the entry of its own model alone\n");
    }
    text.append(byModel.isEmpty() ? "model-index: []\n" : "model-index:\n");
    byModel.forEach((model, cases) -> model(text, result, model, cases));
    folder.write(FILE, text.toString());
    return run.rendering(name(), List.of(FILE), notes);
  }

  private static List<Figure> scores(ExportedCase one) {
    return CaseFigures.of(one).stream()
        .filter(figure -> figure.stage().equals(CaseFigures.SCORE))
        .toList();
  }

  private static void model(
      StringBuilder text, RunResult result, String model, List<ExportedCase> cases) {
    text.append("- name: ").append(quoted(model)).append("\n  results:\n");
    text.append("  - task:\n      type: ").append(quoted(taskType(result, model)));
    text.append("\n    dataset:\n      type: ")
        .append(quoted(SafeName.of(result.dataset().name())));
    text.append("\n      name: ").append(quoted(result.dataset().name()));
    text.append("\n      args:\n        sha256: ").append(quoted(result.dataset().sha256()));
    text.append("\n        examples: ").append(result.dataset().examples());
    text.append("\n    metrics:\n");
    for (ExportedCase one : cases) {
      scores(one).forEach(figure -> metric(text, one, figure));
    }
  }

  private static void metric(StringBuilder text, ExportedCase one, Figure figure) {
    CaseResult.Key key = one.result().key();
    String score = figure.statistic();
    text.append("    - type: ").append(quoted(METRICS.getOrDefault(score, score)));
    text.append("\n      value: ").append(PlainNumber.of(figure.value()));
    text.append("\n      name: ").append(quoted(score + " (" + key.engine() + ")"));
    text.append("\n      args:\n        unit: ").append(quoted(figure.unit()));
    text.append("\n        n: ").append(figure.count());
    text.append("\n        engine: ").append(quoted(key.engine()));
    text.append("\n        device: ").append(quoted(key.device()));
    text.append("\n        threads: ").append(key.threads());
    text.append("\n        batch: ").append(key.batch()).append('\n');
    if (!one.valid().orElse(true)) {
      text.append("        valid: false\n");
    }
  }

  /** Returns the Hub's name of the model's task, which the config of the run has. */
  private static String taskType(RunResult result, String model) {
    if (result.config().get("cases") instanceof List<?> cases) {
      for (Object each : cases) {
        Optional<String> task = task(each, model);
        if (task.isPresent()) {
          return TASKS.getOrDefault(task.get(), "other");
        }
      }
    }
    return "other";
  }

  private static Optional<String> task(Object configured, String model) {
    return configured instanceof Map<?, ?> one
            && one.get("model") instanceof Map<?, ?> card
            && model.equals(card.get("name"))
            && card.get("task") instanceof Map<?, ?> task
            && task.get("task") instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }

  /** Returns a text in double quotes, as JSON and YAML read it alike. */
  private static String quoted(String text) {
    return '"'
        + new String(JsonStringEncoder.getInstance().quoteAsString(PlainText.line(text)))
        + '"';
  }
}
