package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score --task instances} and {@code key-points}: COCO files, worked by hand. */
final class ScoreMasksTest {
  @TempDir Path folder;

  private static final String TRUTH =
      """
      {"images": [{"id": 1, "height": 6, "width": 6}],
       "categories": [{"id": 3, "name": "leaf"}],
       "annotations": [
         {"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 1, 3, 2], "area": 6,
          "segmentation": [[1, 1, 4, 1, 4, 3, 1, 3]]}]}
      """;

  private ScoreBed.CommandOutput score(String truth, String results) throws IOException {
    Path right = Files.writeString(folder.resolve("instances.json"), truth);
    Path found = Files.writeString(folder.resolve("results.json"), results);
    return ScoreBed.run(
        "--task=instances",
        "--truth",
        right.toString(),
        "--predictions",
        found.toString(),
        "--format=json");
  }

  // columns 1 and 2 of the object's three: 4 of 6 pixels, found at .50, .55, .60 and .65 of ten
  // thresholds; a box of the same pixels would have been found as often, one of 3x2 at all
  @Test
  void score_maskOfTwoThirds_isFoundAtFourOfTenThresholds() throws IOException {
    ScoreBed.CommandOutput said =
        score(
            TRUTH,
            """
            [{"image_id": 1, "category_id": 3, "score": 0.9,
              "segmentation": {"size": [6, 6], "counts": [7, 2, 4, 2, 21]}}]
            """);
    assertThat(said.err()).isEmpty();
    assertThat(said.json().get("ap").doubleValue()).isCloseTo(0.4, within(1e-12));
    assertThat(said.json().get("ap50").doubleValue()).isCloseTo(1, within(1e-12));
    assertThat(said.json().get("ap75").doubleValue()).isZero();
  }

  @Test
  void score_compressedRunsOfTheObject_areFoundEverywhere() throws IOException {
    ScoreBed.CommandOutput said =
        score(
            TRUTH,
            """
            [{"image_id": 1, "category_id": 3, "score": 0.9,
              "segmentation": {"size": [6, 6], "counts": "724000;"}}]
            """);
    assertThat(said.json().get("ap").doubleValue()).isCloseTo(1, within(1e-12));
  }

  @Test
  void score_wrongMasks_areToldWithTheirPlaces() throws IOException {
    assertThat(score(TRUTH, "[{\"image_id\": 1, \"category_id\": 3, \"score\": 1}]").err())
        .contains("results.json:1: [0].segmentation", "nothing: the key is missing");
    assertThat(
            score(
                    TRUTH,
                    "[{\"image_id\": 1, \"category_id\": 3, \"score\": 1, \"segmentation\":"
                        + " {\"size\": [4, 9], \"counts\": [36]}}]")
                .err())
        .contains("a mask of 9x4 px", "one of the image's size, 6x6 px");
    assertThat(score(TRUTH.replace("\"height\": 6", "\"height\": 0"), "[]").err())
        .contains("images[0].height", "pixels from 1 to");
  }

  private ScoreBed.CommandOutput scorePoints(String truth, String results) throws IOException {
    Path right = Files.writeString(folder.resolve("points.json"), truth);
    Path found = Files.writeString(folder.resolve("found.json"), results);
    return ScoreBed.run(
        "--task=key-points",
        "--truth",
        right.toString(),
        "--predictions",
        found.toString(),
        "--format=json");
  }

  // one point, 20 px off on an object of 100 px²: a similarity of .607, three of ten thresholds
  @Test
  void score_keyPoints_areComparedBySimilarity() throws IOException {
    String truth =
        """
        {"images": [{"id": 1}], "categories": [{"id": 1, "name": "mark"}],
         "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 20, 20],
           "area": 100, "num_keypoints": 1, "keypoints": [10, 10, 2]}]}
        """;
    String results =
        "[{\"image_id\": 1, \"category_id\": 1, \"score\": 1, \"keypoints\": [10, 30, 1]}]";
    ScoreBed.CommandOutput said = scorePoints(truth, results);
    assertThat(said.err()).isEmpty();
    assertThat(said.json().get("ap").doubleValue()).isCloseTo(0.3, within(1e-12));
    assertThat(said.json().has("ar20")).isTrue();
    assertThat(said.json().has("apSmall")).isFalse();
    assertThat(scorePoints(truth, results.replace("30, 1]", "30]")).err())
        .contains("[0].keypoints", "three finite numbers for each key point");
    assertThat(scorePoints(truth, results.replace("1]", "1, 0, 0, 0]")).err())
        .contains("1 key points", "2, as the others have");
  }
}
