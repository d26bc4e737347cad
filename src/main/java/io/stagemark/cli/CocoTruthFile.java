package io.stagemark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.BadInputException;
import io.stagemark.scoring.detection.CocoTruth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The objects of a COCO annotation file by image, boxes as they are written there. */
final class CocoTruthFile {
  private static final String EXPECTED =
      "COCO annotations: an object with the lists images, categories and annotations";

  private final CocoJson json;
  private final Map<Long, List<CocoTruth>> byImage = new LinkedHashMap<>();
  private final Map<Integer, String> categories = new TreeMap<>();

  private CocoTruthFile(CocoJson json) {
    this.json = json;
  }

  static CocoTruthFile read(Path file) throws BadInputException {
    CocoTruthFile truths = new CocoTruthFile(CocoJson.read(file, EXPECTED));
    for (String list : List.of("images", "categories", "annotations")) {
      if (!truths.json.root().path(list).isArray()) {
        truths.json.refuse(list, "no list", EXPECTED, "\"%s\": []".formatted(list));
      }
    }
    truths.readImages();
    truths.readCategories();
    truths.readAnnotations();
    truths.json.finish();
    return truths;
  }

  private void readImages() {
    int i = 0;
    for (JsonNode image : json.root().path("images")) {
      String where = "images[%d]".formatted(i++);
      long id = json.whole(image, where, "id");
      if (byImage.put(id, new ArrayList<>()) != null) {
        json.refuse(where + ".id", id + " a second time", "an id of its own", "\"id\": " + i);
      }
    }
  }

  private void readCategories() {
    int i = 0;
    for (JsonNode category : json.root().path("categories")) {
      int id = json.category(category, "categories[%d]".formatted(i++), "id");
      categories.put(id, category.path("name").asText(""));
    }
  }

  private void readAnnotations() {
    int i = 0;
    for (JsonNode annotation : json.root().path("annotations")) {
      String where = "annotations[%d]".formatted(i++);
      double[] box = json.box(annotation, where);
      int category = json.category(annotation, where, "category_id");
      long image = json.whole(annotation, where, "image_id");
      double area = json.number(annotation, where, "area");
      boolean crowd = annotation.path("iscrowd").asInt(0) != 0;
      if (!categories.containsKey(category)) {
        json.refuse(where + ".category_id", category + "", "an id of categories", "add it there");
      }
      List<CocoTruth> objects = byImage.get(image);
      if (objects == null) {
        json.refuse(where + ".image_id", image + "", "an id of images", "add it there");
      } else {
        objects.add(new CocoTruth(box[0], box[1], box[2], box[3], category, area, crowd));
      }
      if (json.hopeless()) {
        return;
      }
    }
  }

  /** Returns the ids of all images, in the order of the file. */
  Set<Long> images() {
    return byImage.keySet();
  }

  /** Returns the objects of an image, in the order of the file. */
  List<CocoTruth> of(long image) {
    return byImage.getOrDefault(image, List.of());
  }

  /** Returns a category's name; empty text if the file does not know it. */
  String categoryName(int id) {
    return categories.getOrDefault(id, "");
  }
}
