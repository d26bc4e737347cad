package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.testdata.VectorCases;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DenseDetectionLossTest {

  static List<JsonNode> vectors() {
    return VectorCases.of("dense_detection_loss.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void evaluate_referenceCase_agreesTo1e12(JsonNode node) {
    DenseLossSettings settings =
        new DenseLossSettings(
            node.get("pos_iou").doubleValue(),
            node.get("neg_iou").doubleValue(),
            node.get("allow_low_quality").booleanValue(),
            node.get("alpha").doubleValue(),
            node.get("gamma").doubleValue(),
            1,
            2);
    CandidateScores candidates = candidates(node);
    List<Annotation> truths = truths(node);
    JsonNode expected = node.get("expected");

    DenseLossResult result = new DenseDetectionLoss(settings).evaluate(candidates, truths);
    DenseAssignment assignment = DenseAssignment.of(candidates, truths, settings);

    for (int i = 0; i < candidates.count(); i++) {
      assertThat(assignment.match(i)).isEqualTo(expected.get("match").get(i).intValue());
    }
    assertThat(result.positives()).isEqualTo(expected.get("num_pos_candidates").intValue());
    assertThat(result.ignored()).isEqualTo(expected.get("num_ignored").intValue());
    assertThat(result.positiveTerms()).isEqualTo(expected.get("terms_pos").longValue());
    assertThat(result.negativeTerms()).isEqualTo(expected.get("terms_neg").longValue());
    close(result.focal().positive(), expected.get("focal_sum_pos"));
    close(result.focal().negative(), expected.get("focal_sum_neg"));
    close(result.bce().positive(), expected.get("bce_sum_pos"));
    close(result.bce().negative(), expected.get("bce_sum_neg"));
    close(result.normalised(result.focal()), expected.get("focal_over_npos"));
    close(result.normalised(result.bce()), expected.get("bce_over_npos"));
    close(mean(result, result.focal()), expected.get("focal_mean"));
    close(mean(result, result.bce()), expected.get("bce_mean"));
  }

  private static double mean(DenseLossResult result, DenseLossResult.Sums loss) {
    return loss.sum() / (result.positiveTerms() + result.negativeTerms());
  }

  private static void close(double actual, JsonNode expected) {
    assertThat(actual).isCloseTo(expected.doubleValue(), withinPercentage(1e-10));
  }

  private static List<Annotation> truths(JsonNode node) {
    List<Annotation> truths = new ArrayList<>();
    for (int g = 0; g < node.get("gt_boxes").size(); g++) {
      double[] b = VectorCases.doubles(node.get("gt_boxes").get(g));
      Box box = new Box(b[0], b[1], b[2], b[3]);
      truths.add(new Annotation(box, node.get("gt_labels").get(g).intValue(), box.area(), false));
    }
    return truths;
  }

  private static CandidateScores candidates(JsonNode node) {
    return new CandidateScores() {
      @Override
      public int count() {
        return node.get("cand").size();
      }

      @Override
      public int classes() {
        return node.get("num_classes").intValue();
      }

      @Override
      public boolean logits() {
        return true;
      }

      @Override
      public double score(int candidate, int classId) {
        return node.get("logits").get(candidate).get(classId).doubleValue();
      }

      @Override
      public double edge(int candidate, int side) {
        return node.get("cand").get(candidate).get(side).doubleValue();
      }
    };
  }
}
