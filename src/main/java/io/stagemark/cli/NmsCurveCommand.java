package io.stagemark.cli;

import io.stagemark.config.ModelCardReader;
import io.stagemark.data.BadInputException;
import io.stagemark.data.NearestName;
import io.stagemark.data.Problem;
import io.stagemark.nmscurve.NmsCurve;
import io.stagemark.nmscurve.NmsCurveSetup;
import io.stagemark.nmscurve.NmsCurveText;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what non-maximum suppression costs against the number of candidates. */
@Command(
    name = "nms-curve",
    description = "Measures what non-maximum suppression costs against the number of candidates.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./stagemark nms-curve --model centernet-mbv3-coco",
      "  ./stagemark nms-curve --nms soft-gaussian --counts 100,300,1000 --random --classes 1"
    })
final class NmsCurveCommand implements Callable<Integer> {
  private static final int MAX_CANDIDATES = 1_000_000;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "a name under models/ or a card's folder: its rule, thresholds and classes hold")
  private @Nullable String model;

  @Option(
      names = "--nms",
      paramLabel = "RULE",
      description = "as a card names it (default ${DEFAULT-VALUE})")
  private String rule = "hard";

  @Option(
      names = "--parameter",
      paramLabel = "NUMBER",
      description = "sigma or beta of the rule (default: its own)")
  private @Nullable Double parameter;

  @Option(
      names = "--iou",
      paramLabel = "RATIO",
      description = "IoU threshold (default ${DEFAULT-VALUE})")
  private double iou = 0.45;

  @Option(
      names = "--pre-nms-top-k",
      paramLabel = "N",
      description = "candidates that enter at most (default: all of them, or the card's)")
  private @Nullable Integer preNmsTopK;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "classes of the candidates (default: 80, or the card's)")
  private @Nullable Integer classes;

  @Option(names = "--agnostic", description = "boxes of all classes suppress each other")
  private boolean agnostic;

  @Option(
      names = "--counts",
      paramLabel = "N,...",
      split = ",",
      description = "candidates (default 100,300,1000,3000,8400,30000)")
  private List<Integer> counts = List.of(100, 300, 1000, 3000, 8400, 30_000);

  @Option(
      names = "--random",
      description = "boxes all over the image, not clustered around 40 objects")
  private boolean random;

  @Option(
      names = "--sets",
      paramLabel = "N",
      description = "sets of boxes a count (default ${DEFAULT-VALUE})")
  private int sets = 5;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private TextFormat format = TextFormat.TABLE;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws BadInputException, IOException {
    check();
    NmsCurve curve = NmsCurve.measure(setup());
    spec.commandLine()
        .getOut()
        .print(
            format == TextFormat.JSON
                ? ResultFiles.text(curve) + "\n"
                : NmsCurveText.render(curve));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private NmsCurveSetup setup() throws BadInputException {
    NmsCurveSetup own =
        new NmsCurveSetup(
            rule,
            iou,
            parameter == null ? OptionalDouble.empty() : OptionalDouble.of(parameter),
            0,
            agnostic,
            preNmsTopK == null ? MAX_CANDIDATES : preNmsTopK,
            MAX_CANDIDATES,
            classes == null ? 80 : classes,
            !random,
            counts,
            sets);
    return model == null
        ? own
        : own.of(
            new ModelCardReader().read(card(model)),
            Optional.ofNullable(preNmsTopK),
            Optional.ofNullable(classes));
  }

  /** A path if there is a card, otherwise a name under models/. */
  private static Path card(String model) {
    Path given = Path.of(model);
    Path folder =
        model.contains("/") || Files.exists(given.resolve("model.yaml"))
            ? given
            : ConfigSource.home().resolve("models").resolve(model);
    return Files.isRegularFile(folder) ? folder : folder.resolve("model.yaml");
  }

  private void check() throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    List<String> rules = NmsCurveSetup.rules();
    if (!rules.contains(rule)) {
      problems.add(
          new Problem(
              "--nms",
              rule + ": no such rule",
              "one of: " + String.join(", ", rules),
              "--nms " + NearestName.of(rule, rules).orElse("hard")));
    }
    if (!(iou >= 0 && iou <= 1)) {
      problems.add(new Problem("--iou", "" + iou, "a ratio in [0, 1]", "--iou 0.45"));
    }
    if (parameter != null && !(parameter > 0 && parameter <= 1000)) {
      problems.add(
          new Problem("--parameter", "" + parameter, "a number in (0, 1000]", "--parameter 0.5"));
    }
    wholeNumber(problems, "--pre-nms-top-k", preNmsTopK, 1000);
    wholeNumber(problems, "--classes", classes, 80);
    wholeNumber(problems, "--sets", sets, 5);
    counts.forEach(count -> wholeNumber(problems, "--counts", count, 1000));
    if (counts.isEmpty()) {
      problems.add(new Problem("--counts", "none", "at least one count", "--counts 100,1000"));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private static void wholeNumber(
      List<Problem> problems, String option, @Nullable Integer value, int example) {
    if (value != null && (value < 1 || value > MAX_CANDIDATES)) {
      problems.add(
          new Problem(
              option,
              value.toString(),
              "a whole number in [1, " + MAX_CANDIDATES + "]",
              option + " " + example));
    }
  }
}
