package io.stagemark.scoring.detection;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The twelve figures of a COCO evaluation, each a ratio in [0, 1], or {@link #UNDEFINED} where
 * there is no object that should be found.
 *
 * @param ap average precision over thresholds .50 to .95
 * @param ap50 at threshold .50
 * @param ap75 at threshold .75
 * @param apSmall of objects up to 32² px²
 * @param apMedium of objects from 32² to 96² px²
 * @param apLarge of objects from 96² px²
 * @param ar1 average recall with one detection an image and category
 * @param ar10 with ten
 * @param ar100 with a hundred
 * @param arSmall with a hundred, of small objects
 * @param arMedium with a hundred, of medium objects
 * @param arLarge with a hundred, of large objects
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
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ap", ap);
    figures.put("ap50", ap50);
    figures.put("ap75", ap75);
    figures.put("apSmall", apSmall);
    figures.put("apMedium", apMedium);
    figures.put("apLarge", apLarge);
    figures.put("ar1", ar1);
    figures.put("ar10", ar10);
    figures.put("ar100", ar100);
    figures.put("arSmall", arSmall);
    figures.put("arMedium", arMedium);
    figures.put("arLarge", arLarge);
    return figures;
  }
}
