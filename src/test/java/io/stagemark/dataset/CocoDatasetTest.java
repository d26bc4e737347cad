package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CocoDatasetTest {
  private static final String GOOD = CocoBed.GOOD;

  @TempDir Path root;

  @BeforeEach
  void copyImages() throws IOException {
    new CocoBed(root).copyImages();
  }

  private Dataset open(String json, Optional<Integer> limit) throws BadInputException, IOException {
    return new CocoBed(root).open(json, limit);
  }

  private String problems(String json) {
    return new CocoBed(root).problems(json);
  }

  @Test
  void open_annotations_becomeTruthInTheModelsClasses() throws Exception {
    Dataset dataset = open(GOOD, Optional.empty());

    assertThat(dataset.name()).isEqualTo("images");
    assertThat(dataset.examples())
        .extracting(Example::id)
        .containsExactly("b.png", "sub/a.png", "c.png");
    assertThat(dataset.examples().get(0).file()).isEqualTo(root.resolve("images/b.png"));
    // left, top, width, height: right = 1 + 3.5, bottom = 2 + 4; cat is class 2 of the model
    assertThat(dataset.examples().get(0).truth())
        .isEqualTo(
            new Truth.Objects(
                List.of(
                    new Annotation(new Box(1, 2, 4.5, 6), 2, 9.5, false),
                    new Annotation(new Box(0, 0, 1, 1), 1, 1, true))));
    assertThat(dataset.examples().get(1).truth())
        .isEqualTo(new Truth.Objects(List.of(new Annotation(new Box(0, 0, 0, 0), 2, 0, false))));
    assertThat(dataset.examples().get(2).truth()).isEqualTo(new Truth.Objects(List.of()));
  }

  @Test
  void open_limit_looksAtTheFirstImagesAlone() throws Exception {
    Files.delete(root.resolve("images/c.png"));

    assertThat(open(GOOD, Optional.of(2)).examples()).hasSize(2);
    assertThat(
            open(
                    GOOD.replace("\"cat\"", "\"lynx\"")
                        .replace("17, \"bbox\": [1", "10, \"bbox\": [1"),
                    Optional.of(1))
                .examples())
        .hasSize(1);
  }

  @Test
  void open_categoryThatTheModelLacks_isOneProblemIfItOccurs() {
    assertThat(problems(GOOD.replace("\"cat\"", "\"cart\"")))
        .isEqualTo(
            """
            instances.json:3: annotations[0].category_id
              found:    17, the category 'cart', which the model does not have
              expected: a category with the name of one of the model's 3 classes
              try:      "name": "cat" in categories
            1 problem; nothing was run.
            """);
  }

  @Test
  void open_categoryThatIsNotListed_isAProblem() {
    assertThat(problems(GOOD.replace("\"category_id\": 10", "\"category_id\": 11")))
        .isEqualTo(
            """
            instances.json:5: annotations[1].category_id
              found:    11
              expected: the id of one of the categories
              try:      add it to categories, or mend the number
            1 problem; nothing was run.
            """);
  }

  @Test
  void open_badAnnotation_tellsEveryKey() {
    String json =
        GOOD.replace(
            "{\"id\": 2, \"image_id\": 8, \"category_id\": 10, \"bbox\": [0, 0, 1, 1], \"area\": 1, \"iscrowd\": 1}",
            "{\"id\": 1, \"image_id\": 9, \"category_id\": \"10\", \"bbox\": [0, 0, -1, 1], \"area\": -1, \"iscrowd\": 2}");
    assertThat(problems(json))
        .isEqualTo(
            """
            instances.json:5: annotations[1].id
              found:    1 a second time
              expected: each once
              try:      give one of the two another
            instances.json:5: annotations[1].image_id
              found:    9
              expected: the id of one of the images
              try:      add it to images, or mend the number
            instances.json:5: annotations[1].category_id
              found:    "10"
              expected: a whole number
              try:      "category_id": 1
            instances.json:5: annotations[1].bbox
              found:    [0,0,-1,1]
              expected: 4 finite numbers: left, top, width, height in pixels, neither size negative
              try:      "bbox": [173, 17, 239, 291]
            instances.json:5: annotations[1].area
              found:    -1
              expected: the annotated area in square pixels, at least 0: it sorts small, medium and large
              try:      leave the key out: the area is then width times height
            instances.json:5: annotations[1].iscrowd
              found:    2
              expected: 0 or 1 (default 0)
              try:      "iscrowd": 0
            6 problems; nothing was run.
            """);
  }

  @Test
  void open_boxesThatAreNone_areProblems() {
    for (String box :
        List.of(
            "[1, 2, 3]",
            "[1, 2, 3, 4, 5]",
            "[1, 2, 3, \"4\"]",
            "[1, 2, 3, 1e999]",
            "7",
            "null",
            "[1, 2, 3, -0.1]",
            "[1e308, 0, 1e308, 0]")) {
      assertThat(problems(GOOD.replace("[1, 2, 3.5, 4]", box)))
          .startsWith("instances.json:3: annotations[0].bbox\n");
    }
  }

  @Test
  void open_badImages_areProblems() throws IOException {
    Files.delete(root.resolve("images/c.png"));
    Files.write(root.resolve("images/b.png"), new byte[0]);
    String json =
        GOOD.replace("\"sub/a.png\"", "\"../secret.png\"")
            .replace("{\"id\": 6,", "{\"id\": 8, \"file_name\": \"b.png\"}, {\"id\": 6,");
    assertThat(problems(json))
        .isEqualTo(
            """
            instances.json:10: images[1].file_name
              found:    ../secret.png
              expected: the path of a file in images
              try:      "file_name": "coffee.jpg"
            instances.json:11: images[2].file_name
              found:    b.png a second time
              expected: each once
              try:      give one of the two another
            instances.json:11: images[2].id
              found:    8 a second time
              expected: each once
              try:      give one of the two another
            images/b.png
              found:    0 bytes
              expected: a whole JPEG, PNG, WebP, BMP, TIFF, JPEG 2000 or PNM file
              try:      fetch the file again, or take it out of the data set
            images/c.png
              found:    no such file
              expected: a whole JPEG, PNG, WebP, BMP, TIFF, JPEG 2000 or PNM file
              try:      fetch the file again, or take it out of the data set
            5 problems; nothing was run.
            """);
  }

  @Test
  void open_truncatedJpeg_isAProblem() throws IOException {
    byte[] jpeg = Files.readAllBytes(Resource.of("images/baseline.jpg"));
    Files.write(root.resolve("images/b.png"), java.util.Arrays.copyOf(jpeg, 600));
    assertThat(problems(GOOD))
        .startsWith(
            "images/b.png\n  found:    cut off after 600 bytes: a JPEG without its end marker\n");
  }

  @Test
  void open_brokenJson_namesTheLine() {
    assertThat(problems("{\"images\": [\n{\"id\": 1,,\n"))
        .startsWith(
            "instances.json:2\n  found:    broken JSON: Unexpected character (',' (code 44))");
    assertThat(problems(GOOD.substring(0, 200)))
        .startsWith("instances.json:4\n  found:    broken JSON: Unexpected end-of-input");
    assertThat(problems("")).startsWith("instances.json\n  found:    no JSON object\n");
    assertThat(problems("[]")).startsWith("instances.json\n  found:    no JSON object\n");
    assertThat(problems(GOOD + "[]"))
        .startsWith("instances.json\n  found:    something after the JSON object\n");
    assertThat(problems(GOOD + "x"))
        .startsWith("instances.json:16\n  found:    broken JSON: Unrec");
  }

  @Test
  void open_listsMissingOrNone_areProblems() {
    assertThat(problems("{\"images\": {}, \"categories\": []}"))
        .isEqualTo(
            """
            instances.json:1: images
              found:    no list
              expected: COCO JSON: one object with the lists images, annotations, categories
              try:      python3 -m json.tool FILE shows where JSON breaks
            instances.json: annotations
              found:    nothing: the list is missing
              expected: COCO JSON: one object with the lists images, annotations, categories
              try:      python3 -m json.tool FILE shows where JSON breaks
            2 problems; nothing was run.
            """);
    assertThat(problems("{\"images\": [], \"categories\": [], \"annotations\": []}"))
        .startsWith("instances.json: images\n  found:    an empty list\n");
    assertThat(problems("{\"images\": [], \"images\": []}"))
        .startsWith("instances.json:1: images\n  found:    the list a second time\n");
  }

  @Test
  void open_elementsThatAreNoObjects_areProblems() {
    assertThat(problems("{\"images\": [7], \"categories\": [null], \"annotations\": [[]]}"))
        .contains("images[0].id\n  found:    nothing: the key is missing\n")
        .contains("categories[0].id\n")
        .contains("annotations[0].bbox\n");
  }

  @Test
  void open_imageFolderMissing_isOneProblemNotOneAnImage() throws IOException {
    Path file = Files.writeString(root.resolve("instances.json"), GOOD);
    DatasetSettings settings =
        new DatasetSettings("coco", root.resolve("none"), Optional.of(file), Optional.empty());
    assertThat(Datasets.problems(settings))
        .singleElement()
        .satisfies(problem -> assertThat(problem.found()).isEqualTo("no such folder"));
  }

  @Test
  void open_annotationFileMissing_isAProblem() {
    DatasetSettings settings =
        new DatasetSettings("coco", root, Optional.of(root.resolve("none.json")), Optional.empty());
    assertThat(Datasets.problems(settings))
        .singleElement()
        .satisfies(problem -> assertThat(problem.found()).isEqualTo("no such file"));
  }

  // pandas writes 8 as 8.0 where a column had a gap; a missing area is 3.5 × 4 = 14
  @Test
  void open_wholeNumbersWithAPointAndNoArea_areRead() throws Exception {
    String json =
        GOOD.replace("\"image_id\": 8", "\"image_id\": 8.0")
            .replace("\"category_id\": 17", "\"category_id\": 17.0")
            .replace("\"area\": 9.5,", "\"area\": null,")
            .replace("\"iscrowd\": 1", "\"iscrowd\": true");
    Dataset dataset = open(json, Optional.empty());
    assertThat(dataset.examples().get(0).truth())
        .isEqualTo(
            new Truth.Objects(
                List.of(
                    new Annotation(new Box(1, 2, 4.5, 6), 2, 14, false),
                    new Annotation(new Box(0, 0, 1, 1), 1, 1, true))));
    assertThat(dataset.notes())
        .containsExactly(
            "1 of 3 annotations have no area: width × height of the box is used (area sorts small,"
                + " medium and large)");
    assertThat(problems(GOOD.replace("\"image_id\": 8", "\"image_id\": 8.5")))
        .contains("annotations[0].image_id\n  found:    8.5\n  expected: a whole number\n");
    assertThat(problems(GOOD.replace("\"image_id\": 8", "\"image_id\": \"8\"")))
        .contains("annotations[0].image_id\n  found:    \"8\"\n  expected: a whole number\n");
  }

  // The model knows traffic light alone: annotation 2 is left, of three.
  @Test
  void open_classesTheModelLacks_areLeftOutWhereTheConfigSaysSo() throws Exception {
    LabelMap lights = new LabelMap(List.of("traffic light"));
    Path file = Files.writeString(root.resolve("instances.json"), GOOD);
    DatasetSettings settings =
        new DatasetSettings("coco", root.resolve("images"), Optional.of(file), Optional.empty());
    assertThat(
            catchThrowableOfType(
                    BadInputException.class,
                    () -> Datasets.open(settings, new ModelView(lights, List.of(), false)))
                .getMessage())
        .contains("the category 'cat', which the model does not have")
        .contains("dataset.unknownClasses: leave-out");

    Dataset dataset =
        Datasets.open(settings.leavingOutUnknownClasses(), new ModelView(lights, List.of(), false));

    assertThat(dataset.examples()).hasSize(3);
    assertThat(dataset.examples().get(0).truth())
        .isEqualTo(new Truth.Objects(List.of(new Annotation(new Box(0, 0, 1, 1), 0, 1, true))));
    assertThat(dataset.examples().get(1).truth()).isEqualTo(new Truth.Objects(List.of()));
    assertThat(dataset.notes())
        .containsExactly(
            "2 of 3 annotations are of 1 classes that the model does not have, and are left out"
                + " (dataset.unknownClasses: leave-out): cat 2");
    assertThat(
            catchThrowableOfType(
                    BadInputException.class,
                    () ->
                        Datasets.open(
                            settings.leavingOutUnknownClasses(),
                            new ModelView(new LabelMap(List.of("cart")), List.of(), false)))
                .getMessage())
        .contains("instances.json: annotations\n  found:    3 of 3 annotations are of 2 classes");
  }

  @Test
  void open_twoUsedCategoriesOfOneName_areAProblem() {
    assertThat(problems(GOOD.replace("\"traffic light\"", "\"cat\"")))
        .contains("10, the category 'cat', which is the name of category 17 too");
    assertThat(problems(GOOD.replace("\"zebra\"", "\"cat\""))).isEqualTo("none");
  }
}
