package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A COCO data set of three pictures in a folder, and an annotation file that can be damaged. */
record CocoBed(Path root) {
  static final LabelMap LABELS = new LabelMap(List.of("dog", "traffic light", "cat"));

  static final String GOOD =
      """
      {"info": {"description": "three keys are read", "nested": [[1], {"a": 2}]},
       "annotations": [
         {"id": 1, "image_id": 8, "category_id": 17, "bbox": [1, 2, 3.5, 4], "area": 9.5,
          "iscrowd": 0, "segmentation": [[1, 2, 3, 4]]},
         {"id": 2, "image_id": 8, "category_id": 10, "bbox": [0, 0, 1, 1], "area": 1, "iscrowd": 1},
         {"id": 3, "image_id": 5, "category_id": 17, "bbox": [0, 0, 0, 0], "area": 0}
       ],
       "images": [
         {"id": 8, "file_name": "b.png", "width": 17, "height": 11},
         {"id": 5, "file_name": "sub/a.png"},
         {"id": 6, "file_name": "c.png"}
       ],
       "categories": [
         {"id": 17, "name": "cat"}, {"id": 10, "name": "traffic light"}, {"id": 90, "name": "zebra"}
       ]}
      """;

  void copyImages() throws IOException {
    Files.createDirectories(root.resolve("images/sub"));
    for (String name : List.of("b.png", "sub/a.png", "c.png")) {
      Files.copy(Resource.of("images/rgb.png"), root.resolve("images").resolve(name));
    }
  }

  Dataset open(String json, Optional<Integer> limit) throws BadInputException, IOException {
    Path file = Files.writeString(root.resolve("instances.json"), json);
    return Datasets.open(
        new DatasetSettings("coco", root.resolve("images"), Optional.of(file), limit),
        new ModelView(LABELS, List.of(), false));
  }

  String problems(String json) {
    BadInputException e =
        catchThrowableOfType(BadInputException.class, () -> open(json, Optional.empty()));
    return e == null ? "none" : String.valueOf(e.getMessage()).replace(root + "/", "") + "\n";
  }
}
