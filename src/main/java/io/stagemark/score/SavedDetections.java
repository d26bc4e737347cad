package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.coco.CocoDetections;
import io.stagemark.dataset.coco.CocoObject;
import io.stagemark.dataset.coco.CocoSegmentation;
import io.stagemark.dataset.coco.CocoTruths;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.detection.CocoAp;
import io.stagemark.scoring.detection.CocoDetection;
import io.stagemark.scoring.detection.CocoFigures;
import io.stagemark.scoring.detection.CocoResult;
import io.stagemark.scoring.detection.CocoTruth;
import io.stagemark.scoring.detection.RunLengthMask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detections in COCO's results format against COCO annotations, figure by figure as pycocotools:
 * boxes, or masks of outlines and runs.
 */
final class SavedDetections implements SavedScore {
  private final boolean masks;

  /**
   * @param masks whether pixels are compared in place of boxes
   */
  SavedDetections(boolean masks) {
    this.masks = masks;
  }

  @Override
  public List<ScoreParameter> parameters() {
    return List.of();
  }

  @Override
  public Map<String, Object> evaluate(Path predictions, Path truth, ScoreArguments arguments)
      throws BadInputException {
    CocoTruths truths = masks ? CocoTruths.readMasks(truth) : CocoTruths.read(truth);
    CocoDetections results =
        masks
            ? CocoDetections.readMasks(predictions, truths.images())
            : CocoDetections.read(predictions, truths.images());
    CocoAp evaluation = new CocoAp();
    for (long image : truths.images()) {
      CocoTruths.Size size = truths.size(image);
      List<CocoDetection> detections = new ArrayList<>();
      for (CocoDetections.Detection found : results.of(image)) {
        detections.add(detection(found, size, predictions));
      }
      List<CocoTruth> objects = new ArrayList<>();
      for (CocoObject object : truths.of(image)) {
        objects.add(truth(object, size));
      }
      evaluation.addCoco(Long.toString(image), detections, objects);
    }
    CocoResult result = evaluation.result();
    Map<String, Object> figures = new LinkedHashMap<>(result.figures().byName());
    figures.put("images", truths.images().size());
    figures.put("apByThreshold", result.apByThreshold());
    if (!truths.notes().isEmpty()) {
      figures.put("note", String.join("; ", truths.notes()));
    }
    figures.put("categories", categories(result, truths));
    return figures;
  }

  private static CocoDetection detection(
      CocoDetections.Detection found, CocoTruths.Size size, Path file) throws BadInputException {
    if (found.segmentation().isPresent()) {
      CocoSegmentation pixels = found.segmentation().get();
      return new CocoDetection(
          found.category(), found.score(), mask(pixels, size, file.toString()));
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
        mask);
  }

  /** Returns the pixels, which must be of the image's size. */
  private static RunLengthMask mask(CocoSegmentation pixels, CocoTruths.Size size, String where)
      throws BadInputException {
    if (!pixels.polygons().isEmpty()) {
      return RunLengthMask.ofPolygons(size.heightPx(), size.widthPx(), pixels.polygons());
    }
    if (pixels.heightPx() != size.heightPx() || pixels.widthPx() != size.widthPx()) {
      throw new BadInputException(
          new Problem(
              where,
              "a mask of %dx%d px".formatted(pixels.widthPx(), pixels.heightPx()),
              "one of the image's size, %dx%d px".formatted(size.widthPx(), size.heightPx()),
              "\"size\": [%d, %d]: the height first".formatted(size.heightPx(), size.widthPx())));
    }
    return RunLengthMask.of(pixels.heightPx(), pixels.widthPx(), pixels.counts());
  }

  private static List<Map<String, Object>> categories(CocoResult result, CocoTruths truths) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (CocoResult.Category category : result.categories()) {
      CocoFigures figures = category.figures();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", category.id());
      row.put("name", truths.categoryName(category.id()));
      row.put("truths", category.truths());
      row.putAll(figures.byName());
      row.put("apByThreshold", category.apByThreshold());
      rows.add(row);
    }
    return rows;
  }
}
