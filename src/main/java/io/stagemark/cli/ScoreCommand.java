package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.score.SavedScore;
import io.stagemark.score.SavedScores;
import io.stagemark.scoring.ScoreArguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Scores saved predictions against truth. Options that this class does not know are parameters of
 * the task or loss, read as it describes them, so that a loss on the class path needs no change
 * here.
 */
@Command(
    name = "score",
    description = {
      "Scores saved predictions against truth: a task's figures, or one loss.",
      "Further options are the parameters of the task or loss: ./stagemark list losses shows them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./stagemark score --task detection --truth instances.json --predictions detections.json",
      "  ./stagemark score --loss focal --gamma 2 --alpha .25 --predictions p.npy --truth t.npy",
      "  ./stagemark score --task classification --input logits --predictions p.npy --truth t.npy",
      "  ./stagemark score --task segmentation --ignore-index 255 --predictions p.npy --truth t.npy"
    })
final class ScoreCommand implements Callable<Integer> {
  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "one of: detection, instances, key-points, classification, segmentation")
  private @Nullable String task;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description = "a loss, see ./stagemark list losses")
  private @Nullable String loss;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description =
          "detection, instances, key-points: COCO results (.json); else an array (.npy, .npz)")
  private @Nullable Path predictions;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "detection, instances, key-points: COCO annotations (.json); else an array (.npy, .npz)")
  private @Nullable Path truth;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "table or json (default: table); numbers in full precision in both")
  private TextFormat format = TextFormat.TABLE;

  @Unmatched private List<String> parameters = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws BadInputException {
    SavedScore score = SavedScores.of(Optional.ofNullable(task), Optional.ofNullable(loss));
    List<Problem> problems = new ArrayList<>();
    Path predictionsFile = required("--predictions", predictions, problems);
    Path truthFile = required("--truth", truth, problems);
    ScoreArguments arguments = new ParameterOptions(score.parameters(), problems).read(parameters);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    Map<String, Object> figures = score.evaluate(predictionsFile, truthFile, arguments);
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(
        format == TextFormat.JSON ? FigurePrinter.json(figures) : FigurePrinter.table(figures));
    return ExitCode.OK;
  }

  private static Path required(String option, @Nullable Path file, List<Problem> problems) {
    if (file == null) {
      problems.add(
          new Problem(option, "nothing", "a file", option + " " + option.substring(2) + ".npy"));
      return Path.of("");
    }
    return file;
  }
}
