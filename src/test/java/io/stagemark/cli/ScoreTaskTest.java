package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.ElementType;
import io.stagemark.testdata.VectorCases;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task's figures of saved predictions. */
final class ScoreTaskTest {
  @TempDir Path folder;
  private ScoreBed bed = new ScoreBed(Path.of(""));

  @BeforeEach
  void makeBed() {
    bed = new ScoreBed(folder);
  }

  private static Offset<Double> e14() {
    return within(1e-14);
  }

  @Test
  void score_cocoCase_printsTheTwelveFigures() throws IOException {
    JsonNode node =
        VectorCases.of("coco_map_micro.json").stream()
            .filter(n -> n.get("id").asText().equals("random_0"))
            .findFirst()
            .orElseThrow();
    String truth = bed.text("instances.json", node.get("gt").toString());
    String predictions = bed.text("detections.json", node.get("dt").toString());

    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--task",
            "detection",
            "--truth",
            truth,
            "--predictions",
            predictions,
            "--format",
            "json");

    JsonNode json = said.json();
    assertThat(json.get("ap")).isEqualTo(node.get("expected").get("AP"));
    assertThat(json.get("ap50")).isEqualTo(node.get("expected").get("AP50"));
    assertThat(json.get("ap75")).isEqualTo(node.get("expected").get("AP75"));
    assertThat(json.get("apSmall").doubleValue()).isEqualTo(-1);
    assertThat(json.get("apMedium")).isEqualTo(node.get("expected").get("AP_medium"));
    assertThat(json.get("apLarge")).isEqualTo(node.get("expected").get("AP_large"));
    assertThat(json.get("ar1")).isEqualTo(node.get("expected").get("AR1"));
    assertThat(json.get("ar10")).isEqualTo(node.get("expected").get("AR10"));
    assertThat(json.get("ar100")).isEqualTo(node.get("expected").get("AR100"));
    assertThat(json.get("arMedium")).isEqualTo(node.get("expected").get("AR_medium"));
    assertThat(json.get("arLarge")).isEqualTo(node.get("expected").get("AR_large"));
    assertThat(json.get("arSmall").doubleValue()).isEqualTo(-1);
    assertThat(json.get("images").intValue()).isEqualTo(5);
    assertThat(json.get("apByThreshold")).hasSize(10);
    assertThat(json.get("categories")).hasSize(3);
    assertThat(json.get("categories").get(0).get("name").asText()).isEqualTo("1");
  }

  // p_truth .9, .2, .8; the second is wrong (class 1 has .8)
  @Test
  void score_classification_printsItsFigures() throws IOException {
    String p = bed.doubles("p", new double[] {.9, .1, .2, .8, .2, .8}, 3, 2);
    String t = bed.write("t", ElementType.INT32, new double[] {0, 0, 1}, 3);

    JsonNode json =
        ScoreBed.run(
                "--task",
                "classification",
                "--bins",
                "10",
                "--predictions",
                p,
                "--truth",
                t,
                "--format",
                "json")
            .json();

    assertThat(json.get("count").intValue()).isEqualTo(3);
    assertThat(json.get("top1").doubleValue()).isEqualTo(2 / 3.0);
    assertThat(json.get("top5").doubleValue()).isEqualTo(1);
    double logLoss = -(Math.log(.9) + Math.log(.2) + Math.log(.8)) / 3;
    assertThat(json.get("logLoss").doubleValue()).isEqualTo(logLoss, e14());
    // bin (.8, .9]: gap .1, one example; bin (.7, .8]: confidence .8, accuracy .5, two examples
    assertThat(json.get("ece").doubleValue()).isEqualTo((.1 + 2 * .3) / 3, e14());
    assertThat(json.get("eceMax").doubleValue()).isEqualTo(.3, e14());
    assertThat(json.get("classes").get(1).get("precision").doubleValue()).isEqualTo(.5);
    assertThat(json.get("classes").get(0).get("recall").doubleValue()).isEqualTo(.5);
    assertThat(json.get("reliability")).hasSize(10);
    assertThat(json.get("reliability").get(0).has("accuracy")).isFalse();
  }

  @Test
  void score_segmentationLabels_printsItsFigures() throws IOException {
    String p = bed.write("p", ElementType.UINT8, new double[] {0, 1, 1, 2}, 1, 2, 2);
    String t = bed.write("t", ElementType.UINT8, new double[] {0, 1, 2, 255}, 1, 2, 2);

    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--task",
            "segmentation",
            "--ignore-index",
            "255",
            "--predictions",
            p,
            "--truth",
            t,
            "--format",
            "json");

    // IoU 1, 1/2, 0; the ignored pixel is the only one predicted as class 2
    assertThat(said.json().get("miou").doubleValue()).isEqualTo(.5);
    assertThat(said.json().get("pixelAccuracy").doubleValue()).isEqualTo(2 / 3.0);
    assertThat(said.json().get("count").intValue()).isEqualTo(3);
    assertThat(said.json().get("classes")).hasSize(3);
  }

  @Test
  void score_segmentationScores_takesTheFirstOfTheLargest() throws IOException {
    // two classes, 1x2 pixels: channel 0 is .5 .1, channel 1 is .5 .9
    String p = bed.write("p", ElementType.FLOAT32, new double[] {.5, .1, .5, .9}, 1, 2, 1, 2);
    String t = bed.write("t", ElementType.INT16, new double[] {0, 1}, 1, 1, 2);

    ScoreBed.CommandOutput said =
        ScoreBed.run("--task", "segmentation", "--predictions", p, "--truth", t);

    assertThat(said.out()).contains("miou").contains("1.0").contains("pixelAccuracy");
    assertThat(said.out()).contains("class  pixels  iou");
  }
}
