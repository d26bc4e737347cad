package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks and key points of a COCO file, for models that find such; pictures of 17x11 px. */
final class CocoPartsTest {
  @TempDir Path root;

  @BeforeEach
  void copyImages() throws Exception {
    new CocoBed(root).copyImages();
  }

  private Dataset open(String annotations, ObjectPart... parts) throws Exception {
    Path file =
        Files.writeString(
            root.resolve("instances.json"),
            """
            {"annotations": [%s],
             "images": [{"id": 8, "file_name": "b.png", "width": 17, "height": 11},
                        {"id": 5, "file_name": "sub/a.png"}],
             "categories": [{"id": 17, "name": "cat"}]}
            """
                .formatted(annotations));
    return Datasets.open(
        new DatasetSettings("coco", root.resolve("images"), Optional.of(file), Optional.empty()),
        new ModelView(CocoBed.LABELS, List.of(), false, Map.of(), Set.of(parts)));
  }

  private static String object(int id, int image, String more) {
    return "{\"id\": %d, \"image_id\": %d, \"category_id\": 17, \"bbox\": [2, 3, 4, 5], \"area\": 20%s}"
        .formatted(id, image, more);
  }

  private static Annotation only(Dataset dataset, int example) {
    Truth.Objects truth = (Truth.Objects) dataset.examples().get(example).truth();
    assertThat(truth.annotations()).hasSize(1);
    return truth.annotations().get(0);
  }

  // columns 2 to 5, rows 3 to 7 of 11 rows; the second image's size is that of the picture
  @Test
  void open_outlines_arePixelsOfThePicture() throws Exception {
    String outline = ", \"segmentation\": [[2, 3, 6, 3, 6, 8, 2, 8]]";
    Dataset dataset = open(object(1, 8, outline) + "," + object(2, 5, outline), ObjectPart.MASK);
    int[] runs = {25, 5, 6, 5, 6, 5, 6, 5, 124};
    assertThat(only(dataset, 0).mask().orElseThrow().runs()).containsExactly(runs);
    assertThat(only(dataset, 1).mask()).isEqualTo(only(dataset, 0).mask());
  }

  @Test
  void open_objectsWithoutParts_haveNone() throws Exception {
    String both =
        object(1, 8, "") + "," + object(2, 5, ", \"segmentation\": [], \"keypoints\": []");
    for (ObjectPart part : ObjectPart.values()) {
      Dataset dataset = open(both, part);
      assertThat(only(dataset, 0).mask()).isEmpty();
      assertThat(only(dataset, 1).mask()).isEmpty();
      assertThat(only(dataset, 0).pose()).isEmpty();
      assertThat(only(dataset, 1).pose()).isEmpty();
    }
  }

  @Test
  void open_keyPoints_areReadForModelsOfPosesAlone() throws Exception {
    String points =
        ", \"keypoints\": [3, 4, 2, 0, 0, 0], \"segmentation\": [[2, 3, 6, 3, 6, 8, 2, 8]]";
    Annotation found = only(open(object(1, 8, points), ObjectPart.KEY_POINTS), 0);
    assertThat(found.pose().orElseThrow().points())
        .containsExactly(new KeyPoint(3, 4, 2), new KeyPoint(0, 0, 0));
    assertThat(found.mask()).isEmpty();
    Dataset boxes = open(object(1, 8, points));
    assertThat(only(boxes, 0))
        .isEqualTo(new Annotation(found.box(), found.classId(), found.areaPx(), false));
  }

  /** Results that were stored before masks were read name the same data set. */
  @Test
  void digest_ofBoxesAlone_isThatOfAFileWithoutMasks() throws Exception {
    String outline = ", \"segmentation\": [[2, 3, 6, 3, 6, 8, 2, 8]]";
    String plain = Datasets.digest(open(object(1, 8, "")));
    assertThat(Datasets.digest(open(object(1, 8, outline)))).isEqualTo(plain);
    assertThat(Datasets.digest(open(object(1, 8, outline), ObjectPart.MASK))).isNotEqualTo(plain);
    assertThat(only(open(object(1, 8, "")), 0))
        .hasToString(
            "Annotation[box=Box[left=2.0, top=3.0, right=6.0, bottom=8.0], classId=2, areaPx=20.0,"
                + " crowd=false]");
  }

  @Test
  void open_runsOfAnotherSize_areRefusedWithTheirPlace() {
    String runs = ", \"segmentation\": {\"size\": [17, 11], \"counts\": [187]}";
    BadInputException e =
        catchThrowableOfType(
            BadInputException.class, () -> open(object(1, 8, runs), ObjectPart.MASK));
    assertThat(e)
        .hasMessageContaining("annotations[0].segmentation")
        .hasMessageContaining("a mask of 11x17 px")
        .hasMessageContaining("one of the image's size, 17x11 px");
  }
}
