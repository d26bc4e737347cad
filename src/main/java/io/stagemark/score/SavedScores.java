package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.coco.CocoContent;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.Losses;
import io.stagemark.spi.Registry;
import java.util.List;
import java.util.Optional;

/** The ways to score saved files, by the names that the command line has for them. */
public final class SavedScores {
  private static final List<String> TASKS =
      List.of("detection", "instances", "key-points", "classification", "segmentation");

  private SavedScores() {}

  /**
   * Returns the way that a task or a loss names: exactly one of the two.
   *
   * @param loss any that is on the class path
   * @throws BadInputException if there is no such name, or not one of the two
   */
  public static SavedScore of(Optional<String> task, Optional<String> loss)
      throws BadInputException {
    if (task.isPresent() == loss.isPresent()) {
      throw new BadInputException(
          new Problem(
              "score",
              task.isPresent() ? "both --task and --loss" : "neither --task nor --loss",
              "one of them",
              "--task detection"));
    }
    return loss.isPresent() ? loss(loss.get()) : task(task.orElseThrow());
  }

  private static SavedScore loss(String written) throws BadInputException {
    Registry<Loss> losses = Losses.registry();
    String name = written.replace('_', '-');
    if (losses.find(name).isEmpty()) {
      throw unknown("--loss", name, losses.names());
    }
    return new SavedLoss(losses.get(name));
  }

  private static SavedScore task(String name) throws BadInputException {
    return switch (name) {
      case "detection" -> new SavedDetections(CocoContent.BOXES);
      case "instances" -> new SavedDetections(CocoContent.MASKS);
      case "key-points" -> new SavedDetections(CocoContent.KEY_POINTS);
      case "classification" -> new SavedClassification();
      case "segmentation" -> new SavedSegmentation();
      default -> throw unknown("--task", name, TASKS);
    };
  }

  private static BadInputException unknown(String option, String name, List<String> known) {
    return new BadInputException(
        new Problem(
            option, name, "one of: " + String.join(", ", known), option + " " + known.get(0)));
  }
}
