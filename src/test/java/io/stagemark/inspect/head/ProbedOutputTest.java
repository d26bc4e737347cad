package io.stagemark.inspect.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.head.Heads.Recognition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One shape, two heads: the numbers of one photograph decide, or nothing does. */
final class ProbedOutputTest {
  private static Recognition between(String... families) {
    return new Recognition(
        Optional.empty(),
        Arrays.stream(families).map(f -> Head.detection(f, f, Grade.DERIVED, "shape")).toList());
  }

  private static Tensor rows(ElementType type, double[]... rows) {
    Tensor tensor =
        Tensor.allocate(
            new TensorSpec("o", type, List.of(1L, (long) rows.length, (long) rows[0].length)));
    for (int i = 0; i < rows.length * rows[0].length; i++) {
      TensorElements.put(tensor, i, rows[i / rows[0].length][i % rows[0].length]);
    }
    return tensor;
  }

  private static Optional<String> family(Recognition found, double[]... rows) {
    return found
        .probed(ProbedOutput.of(rows(ElementType.FLOAT32, rows)).orElseThrow())
        .flatMap(Recognition::chosen)
        .map(Head::family);
  }

  private static double[] row(double... values) {
    return values;
  }

  @Test
  void probed_pixelsAndNumbersOfClasses_areCompleteRows() {
    Recognition found = between("yolov10", "rtdetr-ultralytics");
    double[] dog = row(130.2, 219.5, 309.1, 541.9, 0.91, 16);
    double[] faint = row(-0.5, 3.1, 639.8, 640.4, 0.0004, 0);
    assertThat(family(found, dog, faint)).hasValue("yolov10");
    Recognition probed =
        found
            .probed(ProbedOutput.of(rows(ElementType.FLOAT16, dog, faint)).orElseThrow())
            .orElseThrow();
    Head head = probed.chosen().orElseThrow();
    assertThat(head.grade()).isEqualTo(Grade.DERIVED);
    assertThat(head.source())
        .isEqualTo("a run on a photograph: no rtdetr-ultralytics (values beyond 0 to 1); shape");
    assertThat(probed.candidates()).hasSize(2);
  }

  @Test
  void probed_fractionsAndProbabilities_areRtDetr() {
    Recognition found = between("yolov10", "rtdetr-ultralytics");
    assertThat(family(found, row(0.5, 0.5, 0.2, 0.3, 0.91, 0.02), row(0.1, 0.9, 0.1, 0.1, 0.3, 0)))
        .hasValue("rtdetr-ultralytics");
  }

  // A class of 0 or 1 alone looks like a probability; the corners do not look like a centre.
  @Test
  void probed_fractionsThatAreNoCorners_areRtDetr() {
    Recognition found = between("yolov10", "rtdetr-ultralytics");
    assertThat(family(found, row(0.5, 0.5, 0.2, 0.3, 0.91, 0), row(0.7, 0.9, 0.1, 0.1, 0.3, 1)))
        .hasValue("rtdetr-ultralytics");
  }

  @Test
  void probed_nothingFound_doesNotDecide() {
    Recognition found = between("yolov10", "rtdetr-ultralytics");
    assertThat(family(found, new double[6], new double[6])).isEmpty();
  }

  @Test
  void probed_neitherFits_doesNotDecide() {
    Recognition found = between("yolov10", "rtdetr-ultralytics");
    assertThat(family(found, row(9, 9, 2, 3, -7, 0.5), row(0.7, 0.9, 0.1, 0.1, 0.3, 1))).isEmpty();
  }

  @Test
  void probed_aTurnedBox_needsNoCorners() {
    Recognition found = between("yolov10-obb", "rtdetr-ultralytics");
    assertThat(family(found, row(320, 200, 90, 40, 0.8, 3, -0.7))).hasValue("yolov10-obb");
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, 0.3, 0.1, classifier", // probabilities
    "0.6, 0.8, 0.0, embedding", // length 1
    "3.1, -2.2, 0.4, ", // logits, or an embedding of any length
    "1.0, 0.0, 0.0, classifier" // both; probabilities are more usual than one component alone
  })
  void probed_rowOfScores_isSettledByItsNorm(double a, double b, double c, String expected) {
    assertThat(family(between("classifier", "embedding"), row(a, b, c)))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void probed_aHeadWithoutARule_staysPossible() {
    Recognition found = between("yolov10", "some-head");
    assertThat(family(found, row(130.2, 219.5, 309.1, 541.9, 0.91, 16))).isEmpty();
    assertThat(family(found, row(130.2, 219.5, 309.1, 541.9, 0.91, 0.5))).hasValue("some-head");
  }

  @Test
  void of_integers_isNothingThatARuleReads() {
    assertThat(ProbedOutput.of(rows(ElementType.INT64, row(1, 2)))).isEmpty();
  }
}
