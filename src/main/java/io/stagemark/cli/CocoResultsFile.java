package io.stagemark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.BadInputException;
import io.stagemark.scoring.detection.CocoDetection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The detections of a COCO results file by image, boxes as they are written there. */
final class CocoResultsFile {
  private static final String EXPECTED =
      "COCO results: a list of objects with image_id, category_id, bbox and score";

  private final Map<Long, List<CocoDetection>> byImage = new HashMap<>();

  private CocoResultsFile() {}

  /** Reads detections, every one of which must be of an image of {@code truths}. */
  static CocoResultsFile read(Path file, CocoTruthFile truths) throws BadInputException {
    CocoJson json = CocoJson.read(file, EXPECTED);
    CocoResultsFile results = new CocoResultsFile();
    if (!json.root().isArray()) {
      json.refuse("top", "no list", EXPECTED, "[]");
    }
    int i = 0;
    for (JsonNode detection : json.root()) {
      if (json.hopeless() || !json.root().isArray()) {
        break;
      }
      String where = "[%d]".formatted(i++);
      double[] box = json.box(detection, where);
      int category = json.category(detection, where, "category_id");
      double score = json.number(detection, where, "score");
      long image = json.whole(detection, where, "image_id");
      if (!truths.images().contains(image)) {
        json.refuse(where + ".image_id", image + "", "an image of the annotations", "leave it out");
      }
      results
          .byImage
          .computeIfAbsent(image, k -> new ArrayList<>())
          .add(new CocoDetection(box[0], box[1], box[2], box[3], category, score));
    }
    json.finish();
    return results;
  }

  /** Returns the detections of an image, in the order of the file. */
  List<CocoDetection> of(long image) {
    return byImage.getOrDefault(image, List.of());
  }
}
