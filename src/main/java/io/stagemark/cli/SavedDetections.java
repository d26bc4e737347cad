package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.detection.CocoAp;
import io.stagemark.scoring.detection.CocoFigures;
import io.stagemark.scoring.detection.CocoResult;
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
    CocoTruthFile truths = CocoTruthFile.read(truth);
    CocoResultsFile results = CocoResultsFile.read(predictions, truths);
    CocoAp evaluation = new CocoAp();
    for (long image : truths.images()) {
      evaluation.addCoco(Long.toString(image), results.of(image), truths.of(image));
    }
    CocoResult result = evaluation.result();
    Map<String, Object> figures = new LinkedHashMap<>(result.figures().byName());
    figures.put("images", truths.images().size());
    figures.put("apByThreshold", result.apByThreshold());
    figures.put("categories", categories(result, truths));
    return figures;
  }

  private static List<Map<String, Object>> categories(CocoResult result, CocoTruthFile truths) {
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
