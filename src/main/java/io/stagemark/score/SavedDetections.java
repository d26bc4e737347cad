package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.dataset.coco.CocoDetections;
import io.stagemark.dataset.coco.CocoObject;
import io.stagemark.dataset.coco.CocoTruths;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.detection.CocoAp;
import io.stagemark.scoring.detection.CocoDetection;
import io.stagemark.scoring.detection.CocoFigures;
import io.stagemark.scoring.detection.CocoResult;
import io.stagemark.scoring.detection.CocoTruth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detections in COCO's results format against COCO annotations, figure by figure as pycocotools.
 */
final class SavedDetections implements SavedScore {

  @Override
  public List<ScoreParameter> parameters() {
    return List.of();
  }

  @Override
  public Map<String, Object> evaluate(Path predictions, Path truth, ScoreArguments arguments)
      throws BadInputException {
    CocoTruths truths = CocoTruths.read(truth);
    CocoDetections results = CocoDetections.read(predictions, truths.images());
    CocoAp evaluation = new CocoAp();
    for (long image : truths.images()) {
      evaluation.addCoco(
          Long.toString(image),
          results.of(image).stream().map(SavedDetections::detection).toList(),
          truths.of(image).stream().map(SavedDetections::truth).toList());
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

  private static CocoDetection detection(CocoDetections.Detection found) {
    return new CocoDetection(
        found.left(), found.top(), found.width(), found.height(), found.category(), found.score());
  }

  private static CocoTruth truth(CocoObject object) {
    return new CocoTruth(
        object.left(),
        object.top(),
        object.width(),
        object.height(),
        object.category(),
        object.areaPx(),
        object.crowd());
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
