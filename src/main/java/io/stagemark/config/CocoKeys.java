package io.stagemark.config;

import io.stagemark.scoring.detection.CocoMeasure;
import io.stagemark.scoring.detection.CocoSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code coco}: how average precision is evaluated. */
final class CocoKeys {
  private static final String SCORE = "coco-ap";

  private final Problems problems;

  CocoKeys(Problems problems) {
    this.problems = problems;
  }

  /**
   * Returns the settings; empty if the config has no such section or it is wrong.
   *
   * @param scores that the config asks for
   */
  Optional<CocoSettings> read(Section root, List<String> scores) {
    Optional<Section> section = root.child(RunKeys.COCO);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    int before = problems.count();
    Section keys = section.get().knowing(RunKeys.COCO_KEYS);
    if (scores.stream().allMatch(each -> CocoMeasure.of(each).isEmpty())) {
      problems.add(
          root.placeOf(RunKeys.COCO),
          "a section that no score of this config uses",
          "score: [" + SCORE + "] beside it",
          "remove this section, or score: [" + SCORE + "]");
    }
    List<Double> thresholds =
        ascending(keys, RunKeys.IOU_THRESHOLDS, 1, CocoSettings.MAX_THRESHOLDS);
    List<Integer> detections = new ArrayList<>();
    ascending(keys, RunKeys.MAX_DETECTIONS, 3, 3).forEach(most -> detections.add(most.intValue()));
    List<Double> areas = ascending(keys, RunKeys.AREA_BOUNDS_PX2, 2, 2);
    if (!thresholds.isEmpty() && thresholds.get(0) == 0) {
      problems.add(
          keys.placeOf(RunKeys.IOU_THRESHOLDS),
          "0",
          "thresholds above 0: every box overlaps by 0",
          RunKeys.IOU_THRESHOLDS.line());
    }
    List<Double> sigmas = keys.list(RunKeys.SIGMAS).stream().map(Section.Entry::value).toList();
    if (sigmas.contains(0.0)) {
      problems.add(
          keys.placeOf(RunKeys.SIGMAS),
          "0",
          "numbers above 0: how far annotators scatter, as a ratio of the object's size",
          RunKeys.SIGMAS.line());
    }
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(
            new CocoSettings(
                keys.has(RunKeys.IOU_THRESHOLDS) ? thresholds : CocoSettings.COCO.iouThresholds(),
                detections,
                areas,
                sigmas));
  }

  /** Returns the numbers of a list; reports a list that is too short, too long or out of order. */
  private <T extends Number & Comparable<T>> List<T> ascending(
      Section section, Key<T> key, int fewest, int most) {
    List<T> values = section.list(key).stream().map(Section.Entry::value).toList();
    boolean ordered = true;
    for (int i = 1; i < values.size(); i++) {
      ordered &= values.get(i - 1).compareTo(values.get(i)) < 0;
    }
    if (values.size() < fewest || values.size() > most || !ordered) {
      problems.add(
          section.placeOf(key),
          ordered ? values.size() + " numbers" : "numbers out of order: " + values,
          fewest == most
              ? fewest + " numbers, ascending"
              : "from %d to %d numbers, ascending".formatted(fewest, most),
          key.line());
    }
    return values;
  }
}
