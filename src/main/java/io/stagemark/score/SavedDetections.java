package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.coco.CocoContent;
import io.stagemark.dataset.coco.CocoDetections;
import io.stagemark.dataset.coco.CocoObject;
import io.stagemark.dataset.coco.CocoSegmentation;
import io.stagemark.dataset.coco.CocoTruths;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.detection.CocoAp;
import io.stagemark.scoring.detection.CocoDetection;
import io.stagemark.scoring.detection.CocoFigures;
import io.stagemark.scoring.detection.CocoMeasure;
import io.stagemark.scoring.detection.CocoResult;
import io.stagemark.scoring.detection.CocoSettings;
import io.stagemark.scoring.detection.CocoTruth;
import io.stagemark.scoring.detection.KeyPoints;
import io.stagemark.scoring.detection.RunLengthMask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detections in COCO's results format against COCO annotations, figure by figure as pycocotools:
 * boxes, masks of outlines and runs, or key points.
 */
final class SavedDetections implements SavedScore {
  private final CocoContent content;

  /**
   * @param content what is compared
   */
  SavedDetections(CocoContent content) {
    this.content = content;
  }

  @Override
  public List<ScoreParameter> parameters() {
    return List.of();
  }

  @Override
  public Map<String, Object> evaluate(Path predictions, Path truth, ScoreArguments arguments)
      throws BadInputException {
    CocoTruths truths = CocoTruths.read(truth, content);
    CocoDetections results = CocoDetections.read(predictions, truths.images(), content);
    CocoSettings settings = measure().settings(CocoSettings.COCO);
    CocoAp evaluation = new CocoAp(settings);
    int points = 0;
    for (long image : truths.images()) {
      CocoTruths.Size size = truths.size(image);
      List<CocoDetection> detections = new ArrayList<>();
      for (CocoDetections.Detection found : results.of(image)) {
        detections.add(detection(found, size, predictions));
        points = samePoints(points, found.keyPoints(), predictions.toString());
      }
      List<CocoTruth> objects = new ArrayList<>();
      for (CocoObject object : truths.of(image)) {
        objects.add(truth(object, size));
        points = samePoints(points, object.keyPoints(), object.where());
      }
      evaluation.addCoco(Long.toString(image), detections, objects);
    }
    CocoResult result = evaluation.result();
    Map<String, Object> figures = figures(result.figures(), settings);
    figures.put("images", truths.images().size());
    figures.put("apByThreshold", result.apByThreshold());
    if (!truths.notes().isEmpty()) {
      figures.put("note", String.join("; ", truths.notes()));
    }
    figures.put("categories", categories(result, truths, settings));
    return figures;
  }

  private static CocoDetection detection(
      CocoDetections.Detection found, CocoTruths.Size size, Path file) throws BadInputException {
    if (found.segmentation().isPresent()) {
      CocoSegmentation pixels = found.segmentation().get();
      return new CocoDetection(
          found.category(), found.score(), mask(pixels, size, file.toString()));
    }
    if (!found.keyPoints().isEmpty()) {
      return new CocoDetection(found.category(), found.score(), KeyPoints.of(found.keyPoints()));
    }
    return new CocoDetection(
        found.left(), found.top(), found.width(), found.height(), found.category(), found.score());
  }

  private static CocoTruth truth(CocoObject object, CocoTruths.Size size) throws BadInputException {
    Optional<RunLengthMask> mask = Optional.empty();
    if (object.segmentation().isPresent()) {
      mask = Optional.of(mask(object.segmentation().get(), size, object.where()));
    }
    return new CocoTruth(
        object.left(),
        object.top(),
        object.width(),
        object.height(),
        object.category(),
        object.areaPx(),
        object.crowd(),
        mask,
        object.keyPoints().isEmpty()
            ? Optional.empty()
            : Optional.of(KeyPoints.of(object.keyPoints())));
  }

  /** Returns the pixels, which must be of the image's size. */
  private static RunLengthMask mask(CocoSegmentation pixels, CocoTruths.Size size, String where)
      throws BadInputException {
    try {
      return RunLengthMask.of(pixels.mask(size.heightPx(), size.widthPx()));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          new Problem(
              where,
              String.valueOf(e.getMessage()),
              "one of the image's size, %dx%d px".formatted(size.widthPx(), size.heightPx()),
              "\"size\": [%d, %d]: the height first".formatted(size.heightPx(), size.widthPx())));
    }
  }

  /** Returns the number of an object's numbers, which is that of all others. */
  private static int samePoints(int known, List<Double> numbers, String where)
      throws BadInputException {
    if (known != 0 && !numbers.isEmpty() && numbers.size() != known) {
      throw new BadInputException(
          new Problem(
              where,
              numbers.size() / 3 + " key points",
              known / 3 + ", as the others have",
              "the key points of one kind of object alone"));
    }
    return numbers.isEmpty() ? known : numbers.size();
  }

  private CocoMeasure measure() {
    return switch (content) {
      case MASKS, MASKS_IF_ANY -> CocoMeasure.MASKS;
      case KEY_POINTS, KEY_POINTS_IF_ANY -> CocoMeasure.KEY_POINTS;
      case BOXES -> CocoMeasure.BOXES;
    };
  }

  private Map<String, Object> figures(CocoFigures of, CocoSettings settings) {
    return new LinkedHashMap<>(measure().figures(of, settings));
  }

  private List<Map<String, Object>> categories(
      CocoResult result, CocoTruths truths, CocoSettings settings) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (CocoResult.Category category : result.categories()) {
      CocoFigures figures = category.figures();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", category.id());
      row.put("name", truths.categoryName(category.id()));
      row.put("truths", category.truths());
      row.putAll(figures(figures, settings));
      row.put("apByThreshold", category.apByThreshold());
      rows.add(row);
    }
    return rows;
  }
}
