package io.stagemark.scoring.detection;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The twelve figures of a COCO evaluation, each a ratio in [0, 1], or {@link #UNDEFINED} where
 * there is no object that should be found.
 *
 * @param ap average precision over the thresholds, .50 to .95 by default
 * @param ap50 at threshold .50
 * @param ap75 at threshold .75
 * @param apSmall of objects up to the first bound, 32² px² by default
 * @param apMedium of objects between the bounds
 * @param apLarge of objects from the second bound, 96² px² by default
 * @param ar1 average recall with the fewest detections an image and category, 1 by default
 * @param ar10 with the next number, 10 by default
 * @param ar100 with the most, 100 by default
 * @param arSmall with the most, of small objects
 * @param arMedium with the most, of medium objects
 * @param arLarge with the most, of large objects
 */
public record CocoFigures(
    double ap,
    double ap50,
    double ap75,
    double apSmall,
    double apMedium,
    double apLarge,
    double ar1,
    double ar10,
    double ar100,
    double arSmall,
    double arMedium,
    double arLarge) {
  /** The value that pycocotools writes for a figure without objects. */
  public static final double UNDEFINED = -1;

  /** Returns the figures by the names of the components, in their order. */
  public Map<String, Double> byName() {
    return byName(CocoSettings.COCO);
  }

  /**
   * Returns the figures of an evaluation by their names: {@code ar300} with 300 detections; without
   * {@code ap50} and {@code ap75} where those are none of its thresholds.
   */
  public Map<String, Double> byName(CocoSettings settings) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ap", ap);
    if (settings.indexOf(.5) >= 0) {
      figures.put("ap50", ap50);
    }
    if (settings.indexOf(.75) >= 0) {
      figures.put("ap75", ap75);
    }
    figures.put("apSmall", apSmall);
    figures.put("apMedium", apMedium);
    figures.put("apLarge", apLarge);
    figures.put("ar" + settings.maxDetections().get(0), ar1);
    figures.put("ar" + settings.maxDetections().get(1), ar10);
    figures.put("ar" + settings.maxDetections().get(2), ar100);
    figures.put("arSmall", arSmall);
    figures.put("arMedium", arMedium);
    figures.put("arLarge", arLarge);
    return figures;
  }
}
