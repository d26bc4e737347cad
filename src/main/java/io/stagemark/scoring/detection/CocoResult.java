package io.stagemark.scoring.detection;

import java.util.List;

/**
 * A COCO evaluation.
 *
 * @param figures the twelve figures
 * @param apByThreshold average precision at .50, .55, … .95, all areas, as {@link CocoFigures}
 *     defines it
 * @param precision the curves whose means are the average precisions, mean over categories
 * @param categories one entry a category that has a true object or a detection, by ascending id
 */
public record CocoResult(
    CocoFigures figures,
    List<Double> apByThreshold,
    CocoPrecision precision,
    List<Category> categories) {
  public CocoResult {
    apByThreshold = List.copyOf(apByThreshold);
    categories = List.copyOf(categories);
  }

  /**
   * One category.
   *
   * @param id the category's id
   * @param truths objects that should be found: crowd regions apart
   * @param figures the twelve figures of this category alone
   * @param apByThreshold average precision at .50, .55, … .95
   * @param precision the curves whose means are its average precisions
   */
  public record Category(
      int id,
      int truths,
      CocoFigures figures,
      List<Double> apByThreshold,
      CocoPrecision precision) {
    public Category {
      apByThreshold = List.copyOf(apByThreshold);
    }
  }
}
