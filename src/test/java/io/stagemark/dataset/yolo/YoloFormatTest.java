package io.stagemark.dataset.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Truth;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.ModelView;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture of 40x20 px, {@code images/val/a.png}, with labels beside it. */
final class YoloFormatTest {
  private static final String NAMES = "path: ../set\nnames: {0: dog, 1: cat, 2: zebra}\n";

  @TempDir Path root;
  private Path images;
  private Path labels;

  @BeforeEach
  void writePicture() throws IOException {
    images = Files.createDirectories(root.resolve("images/val"));
    labels = Files.createDirectories(root.resolve("labels/val"));
    ImageIO.write(
        new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB),
        "png",
        images.resolve("a.png").toFile());
  }

  private DatasetSettings settings(String yaml) throws IOException {
    Path file = Files.writeString(root.resolve("data.yaml"), yaml);
    return new DatasetSettings("yolo", images, Optional.of(file), Optional.empty());
  }

  private static Dataset open(DatasetSettings settings) throws BadInputException {
    return Datasets.open(
        settings, new ModelView(new LabelMap(List.of("cat", "dog")), List.of(), false));
  }

  private List<Annotation> truth(String yaml, String text) throws Exception {
    Files.writeString(labels.resolve("a.txt"), text);
    return ((Truth.Objects) open(settings(yaml)).examples().get(0).truth()).annotations();
  }

  private String problems(String yaml, String text) throws IOException {
    Files.writeString(labels.resolve("a.txt"), text);
    DatasetSettings settings = settings(yaml);
    BadInputException e = catchThrowableOfType(BadInputException.class, () -> open(settings));
    return String.valueOf(e.getMessage()).replace(root + "/", "");
  }

  // centre (20, 10) px, 10 px wide and 8 high: 15 to 25 and 6 to 14; 80 px²
  @Test
  void open_box_isInPixelsOfThePictureAndInTheModelsClasses() throws Exception {
    assertThat(truth(NAMES, "0 0.5 0.5 0.25 0.4\n"))
        .containsExactly(new Annotation(new Box(15, 6, 25, 14), 1, 80, false));
  }

  @Test
  void open_outline_hasItsBoundsForABox() throws Exception {
    assertThat(truth(NAMES, "1 0.25 0.5 0.75 0.25 0.5 0.75"))
        .containsExactly(new Annotation(new Box(10, 5, 30, 15), 0, 200, false));
  }

  @Test
  void open_keyPoints_areReadOver() throws Exception {
    assertThat(truth(NAMES + "kpt_shape: [2, 3]\n", "1 .5 .5 .5 .5 .1 .1 2 .9 .9 0"))
        .containsExactly(new Annotation(new Box(10, 5, 30, 15), 0, 200, false));
  }

  private Annotation part(String yaml, String text, ObjectPart part) throws Exception {
    Files.writeString(labels.resolve("a.txt"), text);
    ModelView model =
        new ModelView(
            new LabelMap(List.of("cat", "dog")), List.of(), false, Map.of(), Set.of(part));
    Truth truth = Datasets.open(settings(yaml), model).examples().get(0).truth();
    return ((Truth.Objects) truth).annotations().get(0);
  }

  // pixels 10 to 29 across and 5 to 14 down of 40x20: 200 of them; a corner a little outside of the
  // picture is on its edge
  @Test
  void open_outlineForAModelOfMasks_isItsPixels() throws Exception {
    Annotation found = part(NAMES, "1 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75", ObjectPart.MASK);
    int[] runs = found.mask().orElseThrow().runs();
    assertThat(runs).startsWith(10 * 20 + 5, 10, 10, 10).hasSize(41);
    assertThat(found.pose()).isEmpty();
    Annotation whole = part(NAMES, "1 0 0 1.005 0 1.005 1.005 0 1.005", ObjectPart.MASK);
    assertThat(whole.mask().orElseThrow().runs()).containsExactly(0, 800);
    assertThat(part(NAMES, "1 .5 .5 .5 .5", ObjectPart.MASK).mask()).isEmpty();
  }

  @Test
  void open_keyPointsForAModelOfPoses_areInPixelsWithTheirVisibility() throws Exception {
    Annotation three =
        part(NAMES + "kpt_shape: [2, 3]\n", "1 .5 .5 .5 .5 .1 .1 1 0 0 0", ObjectPart.KEY_POINTS);
    assertThat(three.pose().orElseThrow().points())
        .containsExactly(new KeyPoint(4, 2, 1), new KeyPoint(0, 0, 0));
    assertThat(three.mask()).isEmpty();
    // two numbers: a point at 0, 0 is not labelled, any other is
    Annotation two =
        part(NAMES + "kpt_shape: [2, 2]\n", "1 .5 .5 .5 .5 .1 .1 0 0", ObjectPart.KEY_POINTS);
    assertThat(two.pose().orElseThrow().points())
        .containsExactly(new KeyPoint(4, 2, 2), new KeyPoint(0, 0, 0));
  }

  @Test
  void open_sameLineTwice_countsOnceAndNamesMayBeAList() throws Exception {
    assertThat(truth("names: [dog]", "0 .5 .5 .5 .5\n0  .5 .5 .5 .5\n")).hasSize(1);
  }

  @Test
  void open_imageWithoutLabels_hasNoObjectsAndIsNoted() throws Exception {
    Files.copy(images.resolve("a.png"), images.resolve("b.png"));
    Files.writeString(labels.resolve("a.txt"), "1 .5 .5 .5 .5");
    Dataset dataset = open(settings(NAMES));
    assertThat(((Truth.Objects) dataset.examples().get(1).truth()).annotations()).isEmpty();
    assertThat(dataset.notes())
        .containsExactly("val: 1 image has no label file, and so no objects (b.png)");
  }

  @Test
  void open_noLabelAtAll_saysWhereOneWouldBe() throws Exception {
    DatasetSettings settings = settings(NAMES);
    BadInputException e = catchThrowableOfType(BadInputException.class, () -> open(settings));
    assertThat(e)
        .hasMessageContaining("no label file for any of 1 images")
        .hasMessageContaining(labels.resolve("a.txt").toString());
  }

  @Test
  void open_wrongLines_areToldWithTheirNumbers() throws Exception {
    String found =
        problems(NAMES, "0 .5 .5 .5 .5\n0 .5 .5 .5\n7 .5 .5 .5 .5\n0 20 10 5 5\n0 a .5 .5 .5\n");
    assertThat(found)
        .contains("labels/val/a.txt:2\n  found:    4 columns")
        .contains("labels/val/a.txt:3\n  found:    class 7\n  expected: a class id from 0 to 2")
        .contains("labels/val/a.txt:4\n  found:    20 in column 2")
        .contains("labels/val/a.txt:5\n  found:    a in column 2");
  }

  @Test
  void open_classThatTheModelLacks_isBadInputOrLeftOutAndSaid() throws Exception {
    String text = "2 .5 .5 .5 .5\n0 .5 .5 .5 .5";
    assertThat(problems(NAMES, text))
        .contains("labels/val/a.txt:1\n  found:    the class 'zebra', which the model does not");
    Dataset dataset = open(settings(NAMES).leavingOutUnknownClasses());
    assertThat(((Truth.Objects) dataset.examples().get(0).truth()).annotations()).hasSize(1);
    assertThat(dataset.notes())
        .containsExactly(
            "1 of 2 objects are of 1 classes that the model does not have, and are left out"
                + " (dataset.unknownClasses: leave-out): zebra 1");
  }

  @Test
  void open_brokenYaml_isToldWithItsLine() throws Exception {
    assertThat(problems("path: a\n  names: [", ""))
        .contains("data.yaml:2\n  found:    broken YAML");
    assertThat(problems("nc: 2\n", "")).contains("data.yaml: names\n  found:    nothing");
    assertThat(problems("names: {0: a, 2: b}\n", ""))
        .contains("data.yaml:1: names\n  found:    2 names for ids to 2");
    assertThat(problems("names: [a]\nkpt_shape: [17]\n", "")).contains("data.yaml:2: kpt_shape");
    assertThat(problems("- a\n", "")).contains("no keys");
  }

  // nine aliases of nine each: a billion names if they were expanded
  @Test
  void open_yamlOfAliases_isRefusedAtOnce() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    assertThat(problems(bomb + "names: *a9\n", "")).contains("Number of aliases");
  }

  @Test
  void labelFile_lastFolderOfImages_isTheOneThatChanges() {
    assertThat(YoloFormat.labelFile(Path.of("/d/images/x/images/val/a.b.jpg")))
        .isEqualTo(Path.of("/d/images/x/labels/val/a.b.txt"));
    assertThat(YoloFormat.labelFile(Path.of("images/a.jpg"))).isEqualTo(Path.of("labels/a.txt"));
    assertThat(YoloFormat.labelFile(Path.of("/d/pictures/a.jpg")))
        .isEqualTo(Path.of("/d/pictures/a.txt"));
  }
}
