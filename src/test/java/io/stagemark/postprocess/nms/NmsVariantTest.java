package io.stagemark.postprocess.nms;

import static io.stagemark.testdata.VectorCases.doubles;
import static io.stagemark.testdata.VectorCases.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.postprocess.nms.SoftNms.Decay;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Confidence;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Scored;
import io.stagemark.testdata.VectorCases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference cases of the variants; definitions and tolerances are in the file. */
class NmsVariantTest {
  private static final Percentage REL_1E_12 = Percentage.withPercentage(1e-10);

  private static DoubleBoxes boxes(JsonNode node) {
    double[] scores = doubles(node.get("scores"));
    int[] classes = node.has("classes") ? ints(node.get("classes")) : new int[scores.length];
    return Boxes.doubles(doubles(node.get("boxes")), scores, classes);
  }

  private static int[] run(NmsVariant variant, DoubleBoxes boxes) {
    int count = variant.run(boxes);
    return Arrays.copyOf(variant.kept(), count);
  }

  static List<JsonNode> soft() {
    return VectorCases.of("nms_variants.json", "soft_nms");
  }

  @ParameterizedTest
  @MethodSource("soft")
  void softNms_referenceCase_keepsAndScoresTheSame(JsonNode node) {
    SoftNms nms =
        new SoftNms(
            Decay.valueOf(node.get("method").asText().toUpperCase(Locale.ROOT)),
            node.get("nms_threshold").asDouble(),
            node.get("sigma").asDouble(),
            node.get("score_threshold").asDouble(),
            node.get("plus_one").asBoolean());
    DoubleBoxes boxes = boxes(node);
    int count = nms.run(boxes);
    assertThat(Arrays.copyOf(nms.kept(), count)).containsExactly(ints(node.get("expected")));
    assertScores(node, boxes, Arrays.copyOf(nms.kept(), count));
  }

  private static void assertScores(JsonNode node, DoubleBoxes boxes, int[] kept) {
    double[] expected = doubles(node.get("expected_scores"));
    for (int i = 0; i < kept.length; i++) {
      assertThat(boxes.scores[kept[i]]).isCloseTo(expected[i], REL_1E_12);
    }
  }

  static List<JsonNode> diou() {
    return VectorCases.of("nms_variants.json", "diou_nms");
  }

  @ParameterizedTest
  @MethodSource("diou")
  void diouNms_referenceCase_keepsTheSame(JsonNode node) {
    NmsVariant nms = new DiouNms(node.get("iou_threshold").asDouble(), node.get("beta").asDouble());
    assertThat(run(nms, boxes(node))).containsExactly(ints(node.get("expected")));
  }

  static List<JsonNode> fast() {
    return VectorCases.of("nms_variants.json", "fast_nms");
  }

  @ParameterizedTest
  @MethodSource("fast")
  void fastNms_referenceCase_keepsTheSame(JsonNode node) {
    NmsVariant nms = new FastNms(node.get("iou_threshold").asDouble());
    assertThat(run(nms, boxes(node))).containsExactly(ints(node.get("expected")));
  }

  static List<JsonNode> matrix() {
    return VectorCases.of("nms_variants.json", "matrix_nms");
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void matrixNms_referenceCase_scoresTheSame(JsonNode node) {
    MatrixNms nms =
        new MatrixNms(node.get("kernel").asText().equals("gaussian"), node.get("sigma").asDouble());
    DoubleBoxes boxes = boxes(node);
    int count = nms.run(boxes);
    int[] order = Arrays.copyOf(nms.kept(), count);
    assertThat(order).containsExactly(ints(node.get("order")));
    assertScores(node, boxes, order);
  }

  static List<JsonNode> wbf() {
    return VectorCases.of("nms_variants.json", "wbf");
  }

  @ParameterizedTest
  @MethodSource("wbf")
  void weightedBoxFusion_referenceCase_fusesTheSame(JsonNode node) {
    List<List<Scored>> models = new ArrayList<>();
    for (int m = 0; m < node.get("boxes_list").size(); m++) {
      List<Scored> boxes = new ArrayList<>();
      for (int i = 0; i < node.get("boxes_list").get(m).size(); i++) {
        double[] box = doubles(node.get("boxes_list").get(m).get(i));
        boxes.add(
            new Scored(
                box[0],
                box[1],
                box[2],
                box[3],
                node.get("labels_list").get(m).get(i).asInt(),
                node.get("scores_list").get(m).get(i).asDouble()));
      }
      models.add(boxes);
    }
    List<Double> weights =
        node.get("weights").isNull()
            ? Collections.nCopies(models.size(), 1.0)
            : Arrays.stream(doubles(node.get("weights"))).boxed().toList();
    Confidence confidence =
        node.has("conf_type")
            ? Confidence.valueOf(node.get("conf_type").asText().toUpperCase(Locale.ROOT))
            : Confidence.AVG;
    WeightedBoxFusion fusion =
        new WeightedBoxFusion(
            node.get("iou_thr").asDouble(),
            node.get("skip_box_thr").asDouble(),
            confidence,
            node.path("allows_overflow").asBoolean(),
            1);
    List<Scored> fused = fusion.fuse(models, weights);
    double[] boxes = doubles(node.get("expected_boxes"));
    double[] scores = doubles(node.get("expected_scores"));
    assertThat(fused.stream().mapToInt(Scored::classId).toArray())
        .containsExactly(ints(node.get("expected_labels")));
    for (int i = 0; i < fused.size(); i++) {
      Scored box = fused.get(i);
      assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom(), box.score()})
          .containsExactly(
              new double[] {
                boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3], scores[i]
              },
              within(1e-6));
    }
  }

  @Test
  void new_parametersOutOfRange_areRefused() {
    assertThatThrownBy(() -> new SoftNms(Decay.GAUSSIAN, .5, 0, 0, false))
        .hasMessageContaining("positive sigma");
    assertThatThrownBy(() -> new DiouNms(.5, 0)).hasMessageContaining("positive beta");
    assertThatThrownBy(() -> new MatrixNms(true, -1)).hasMessageContaining("positive sigma");
  }
}
