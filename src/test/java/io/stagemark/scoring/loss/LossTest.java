package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.Reduction;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.spi.Registry;
import io.stagemark.testdata.SharedFolder;
import io.stagemark.testdata.VectorCases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the vectors do not say: names, published values, messages, limits. */
final class LossTest {
  private static final double UP = Double.POSITIVE_INFINITY;

  private static LossResult of(Loss loss, ScoreTensor p, ScoreTensor t, Object... settings) {
    ScoreArguments arguments = loss.description().defaults();
    for (int i = 0; i < settings.length; i += 2) {
      arguments = arguments.with((String) settings[i], settings[i + 1]);
    }
    return loss.evaluate(p, t, arguments);
  }

  private static void refused(
      Loss loss, ScoreTensor p, ScoreTensor t, String message, Object... settings) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(loss, p, t, settings))
        .withMessageContaining(message);
  }

  private static ScoreTensor vector(double... values) {
    return ScoreTensor.vector(values);
  }

  @Test
  void registry_classPath_hasEveryLoss() {
    Registry<Loss> losses = Registry.discover(Loss.class, getClass().getClassLoader());
    assertThat(losses.names())
        .contains(
            "bce",
            "bce-with-logits",
            "cross-entropy",
            "focal",
            "focal-multiclass",
            "focal-unweighted",
            "label-smoothing",
            "lovasz-hinge",
            "lovasz-softmax",
            "negative-log-likelihood");
    for (Loss loss : losses.all()) {
      assertThat(loss.description().formula()).isNotBlank();
      assertThat(loss.description().source()).isNotBlank();
      assertThat(loss.description().predictions()).isNotBlank();
      assertThat(loss.description().truth()).isNotBlank();
      assertThat(loss.description().defaults().reduction()).isEqualTo(Reduction.MEAN);
    }
  }

  // printed examples of BCE and unweighted focal loss, with and without logits
  @Test
  void losses_printedExamples_print04869And03375() {
    ScoreTensor bceLogits = vector(-0.2296, -0.6389, -0.2405, 1.3451, 0.7580);
    ScoreTensor bceTargets = vector(1, 0, 0, 1, 1);
    ScoreTensor focalLogits = vector(-1.3521, 0.4975, -1.0178, -0.3859, -0.2923);
    ScoreTensor focalTargets = vector(1, 1, 0, 1, 1);
    var sigmoid = Activation.SIGMOID;

    double bce = of(new BceWithLogits(), bceLogits, bceTargets).value();
    double focal = of(new FocalUnweighted(), focalLogits, focalTargets).value();

    assertThat(bce).isCloseTo(0.486867850432569, within(1e-15));
    assertThat(of(new Bce(), sigmoid.apply(bceLogits, 0), bceTargets).value())
        .isCloseTo(bce, within(1e-15));
    assertThat(focal).isCloseTo(0.337501271714552, within(1e-15));
    assertThat(
            of(
                    new FocalUnweighted(),
                    sigmoid.apply(focalLogits, 0),
                    focalTargets,
                    "input",
                    "probabilities")
                .value())
        .isCloseTo(focal, within(1e-15));
    assertThat("%.4f %.4f".formatted(bce, focal)).isEqualTo("0.4869 0.3375");
  }

  @Test
  void reductions_sameTerms_agree() {
    ScoreTensor p = vector(.1, .2, .9);
    ScoreTensor t = vector(0, 1, 1);
    LossResult none = of(new Bce(), p, t, "reduction", "none");
    LossResult sum = of(new Bce(), p, t, "reduction", "sum");
    LossResult mean = of(new Bce(), p, t);

    assertThat(none.terms().orElseThrow().shape()).containsExactly(3);
    assertThat(none.value()).as("the mean, beside the terms").isEqualTo(mean.value());
    assertThat(sum.value()).isCloseTo(3 * mean.value(), within(1e-15));
    assertThat(sum.terms()).isEmpty();
    assertThat(sum.count()).isEqualTo(3);
    assertThat(sum.reduction()).isEqualTo(Reduction.SUM);
  }

  @Test
  void nothing_everyReduction_isDefined() {
    ScoreTensor none = ScoreTensor.of(new float[0], 0);
    for (Loss loss : List.of(new Bce(), new BceWithLogits(), new Focal(), new FocalUnweighted())) {
      assertThat(of(loss, none, none).value()).isNaN();
      assertThat(of(loss, none, none, "reduction", "sum").value()).isZero();
      assertThat(of(loss, none, none, "reduction", "none").terms().orElseThrow().size()).isZero();
    }
  }

  @Test
  void messages_badElement_nameTensorPlaceAndValue() {
    ScoreTensor good = ScoreTensor.of(new double[] {.5, .5, .5, .5}, 2, 2);
    ScoreTensor nan = ScoreTensor.of(new double[] {.5, .5, .5, Double.NaN}, 2, 2);
    refused(new Bce(), nan, good, "predictions[1, 1] is NaN");
    refused(new Bce(), good, nan, "truth[1, 1] is NaN");
    refused(new Bce(), good, vector(1), "predictions have shape [2, 2], truth has [1]");
    refused(new Focal(), good, nan, "truth[1, 1] is NaN");
    refused(new Focal(), nan, good, "predictions[1, 1]", "input", "probabilities");
    refused(new Focal(), good, good, "alpha is -0.5", "alpha", -.5);
    refused(
        new CrossEntropy(), good, vector(0, 2), "truth[1] is 2.0, not a class index from 0 to 1");
    refused(new CrossEntropy(), good, vector(0, .5), "truth[1] is 0.5");
    refused(new CrossEntropy(), good, vector(0, -1), "nor the ignored -100");
    refused(new CrossEntropy(), good, nan, "truth[1, 1] is NaN");
    refused(new CrossEntropy(), good, vector(0), "need truth of shape [2], got [1]");
    refused(new CrossEntropy(), good, good, "ignore-index 0", "ignore-index", 0);
    refused(
        new CrossEntropy(),
        good,
        vector(0, 1),
        "class-weight has shape [3]; 2 classes need [2]",
        "class-weight",
        vector(1, 2, 3));
    refused(new NegativeLogLikelihood(), good, good, "need truth of shape [2]");
    refused(new CrossEntropy(), ScoreTensor.of(new double[] {1}), vector(0), "class axis");
    refused(new CrossEntropy(), ScoreTensor.of(new double[0], 2, 0), vector(0, 0), "no class");
    refused(new FocalMulticlass(), good, vector(0, 1), "alpha[1] is -1.0", "alpha", vector(1, -1));
    refused(new FocalMulticlass(), good, vector(0, 1), "alpha[0] is Infinity", "alpha", vector(UP));
    refused(
        new FocalMulticlass(), good, vector(0, 1), "alpha has shape [3]", "alpha", vector(1, 1, 1));
    refused(new LovaszHinge(), good, good, "truth[0, 0] is 0.5");
    refused(
        new LovaszHinge(),
        ScoreTensor.of(new double[] {1}),
        ScoreTensor.of(new double[] {1}),
        "axis of images");
    ScoreTensor labels = ScoreTensor.of(new double[] {1, 0, 0, 1}, 2, 2);
    refused(new LovaszSoftmax(), nan, labels, "predictions[1, 1]", "classes", "1");
    refused(new LovaszSoftmax(), good, labels, "such as 1");
    refused(new LovaszSoftmax(), good, labels, "such as 1", "classes", "all");
    refused(new LovaszSoftmax(), good, labels, "such as 1", "classes", "0,1");
    refused(new LovaszSoftmax(), good, labels, "classes is one", "classes", "one");
    refused(new LovaszSoftmax(), good, labels, "names -1", "classes", "-1");
    ScoreTensor two = ScoreTensor.of(new double[4], 1, 2, 2);
    ScoreTensor twoLabels = ScoreTensor.of(new double[2], 1, 2);
    refused(
        new LovaszSoftmax(), two, twoLabels, "names 2; there are classes 0 to 1", "classes", "0,2");
    refused(new LovaszSoftmax(), two, vector(0, 1), "need truth of shape [1, 2]");
  }

  @Test
  void weightOfZero_onInfiniteLoss_isTheLimitZero() {
    ScoreTensor impossible = ScoreTensor.of(new double[] {0, Double.NEGATIVE_INFINITY}, 1, 2);
    assertThat(of(new CrossEntropy(), impossible, vector(1)).value()).isEqualTo(UP);
    assertThat(
            of(
                    new CrossEntropy(),
                    impossible,
                    vector(1),
                    "class-weight",
                    vector(1, 0),
                    "reduction",
                    "sum")
                .value())
        .isZero();
    ScoreTensor oneHot = ScoreTensor.of(new double[] {1, 0}, 1, 2);
    assertThat(of(new CrossEntropy(), impossible, oneHot).value()).isZero();
    assertThat(
            of(new BceWithLogits(), vector(UP, -UP), vector(1, 0), "reduction", "none")
                .terms()
                .orElseThrow()
                .toArray())
        .containsExactly(0, 0);
    assertThat(
            of(new BceWithLogits(), vector(UP), vector(0), "weight", vector(0), "reduction", "sum")
                .value())
        .isZero();
    assertThat(of(new BceWithLogits(), vector(Double.NaN), vector(0), "weight", vector(0)).value())
        .isNaN();
    assertThat(
            of(new Focal(), vector(-UP, UP), vector(1, 0), "alpha", 0, "reduction", "none")
                .terms()
                .orElseThrow()
                .toArray())
        .containsExactly(0, UP);
  }

  @Test
  void crossEntropy_rowWithoutSoftmax_isNan() {
    for (double bad : new double[] {UP, Double.NaN}) {
      ScoreTensor row = ScoreTensor.of(new double[] {bad, 0}, 1, 2);
      assertThat(of(new CrossEntropy(), row, vector(0)).value()).isNaN();
      assertThat(of(new CrossEntropy(), row, vector(1)).value()).isNaN();
      assertThat(of(new FocalMulticlass(), row, vector(1)).value()).isNaN();
    }
  }

  @Test
  void focal_positives_dividesByTargetsFromHalfUp() {
    ScoreTensor x = vector(0, 0, 0, 0);
    double sum = of(new FocalUnweighted(), x, vector(1, .5, .49, 0), "reduction", "sum").value();
    double none = of(new FocalUnweighted(), x, vector(0, 0, 0, 0), "reduction", "sum").value();
    assertThat(
            of(new FocalUnweighted(), x, vector(1, .5, .49, 0), "reduction", "positives").value())
        .isEqualTo(sum / 2);
    assertThat(of(new FocalUnweighted(), x, vector(0, 0, 0, 0), "reduction", "positives").value())
        .isEqualTo(none);
  }

  // p .8, t .25: bce = −(.25 ln .8 + .75 ln .2), 1 − p_t = .8 · .75 + .2 · .25 = .65, α_t = .625
  @Test
  void focal_softTargetOnProbability_isWorkedByHand() {
    double bce = -(.25 * Math.log(.8) + .75 * Math.log(.2));
    double paper = of(new Focal(), vector(.8), vector(.25), "input", "probabilities").value();
    double unweighted =
        of(new FocalUnweighted(), vector(.8), vector(.25), "input", "probabilities").value();
    assertThat(paper).isCloseTo(.625 * .65 * .65 * bce, within(1e-15));
    assertThat(unweighted).isCloseTo(Math.pow(1 - Math.exp(-bce), 2) * bce, within(1e-15));
  }

  @Test
  void shapes_thatDiffer_areRefusedByEveryElementwiseLoss() {
    for (Loss loss :
        List.of(
            new Bce(),
            new BceWithLogits(),
            new Focal(),
            new FocalUnweighted(),
            new LovaszHinge())) {
      refused(loss, ScoreTensor.of(new double[3], 3, 1), vector(0, 0, 0), "must be the same");
    }
    refused(new FocalMulticlass(), ScoreTensor.of(new double[4], 2, 2), vector(0), "need truth");
  }

  @Test
  void focal_weights_multiplyTheTerms() {
    ScoreTensor x = vector(.3, -.3);
    ScoreTensor t = vector(1, 0);
    double[] plain = of(new Focal(), x, t, "reduction", "none").terms().orElseThrow().toArray();
    LossResult weighted = of(new Focal(), x, t, "weight", vector(2, 3), "reduction", "sum");
    assertThat(weighted.value()).isCloseTo(2 * plain[0] + 3 * plain[1], within(1e-16));
    assertThat(of(new Focal(), x, t, "weight", vector(0)).value()).isZero();
  }

  // float32 in the kernel and the same numbers in double one by one
  @Test
  void floatInput_sumAndMean_agreeWithDoubles() {
    float[] x = new float[5000];
    float[] t = new float[5000];
    double[] xd = new double[5000];
    double[] td = new double[5000];
    for (int i = 0; i < x.length; i++) {
      xd[i] = x[i] = (i % 97 - 60) / 5f;
      td[i] = t[i] = i % 7 == 0 ? 1 : 0;
    }
    for (Loss loss : List.of(new BceWithLogits(), new Focal(), new FocalUnweighted())) {
      for (String reduction : List.of("sum", "mean")) {
        LossResult floats =
            of(loss, ScoreTensor.of(x, 5000), ScoreTensor.of(t, 5000), "reduction", reduction);
        LossResult doubles =
            of(loss, ScoreTensor.of(xd, 5000), ScoreTensor.of(td, 5000), "reduction", reduction);
        assertThat(floats.value())
            .isCloseTo(doubles.value(), within(1e-14 * Math.abs(doubles.value())));
        assertThat(floats.count()).isEqualTo(5000);
        assertThat(floats.reduction()).isEqualTo(doubles.reduction());
      }
    }
    t[4321] = 2;
    refused(new Focal(), ScoreTensor.of(x, 5000), ScoreTensor.of(t, 5000), "truth[4321] is 2.0");
  }

  // channel [B, 1, H, W] of class 7 is the sigmoid form too
  @Test
  void lovaszSoftmax_oneChannel_standsForTheListedClass() {
    ScoreTensor p = ScoreTensor.of(new double[] {.9, .2, .4}, 1, 1, 3);
    ScoreTensor flat = ScoreTensor.of(new double[] {.9, .2, .4}, 1, 3);
    ScoreTensor labels = ScoreTensor.of(new double[] {7, 7, 0}, 1, 3);
    double expected = of(new LovaszSoftmax(), flat, labels, "classes", "7").value();
    assertThat(of(new LovaszSoftmax(), p, labels, "classes", "7").value()).isEqualTo(expected);
    // errors .8 (class), .4 (not), .1 (class): .8 · 1/2 + .4 · 1/(2·3) + .1 · 1/3
    assertThat(expected).isCloseTo(.4 + .4 / 6 + .1 / 3, within(1e-15));
  }

  @Test
  void lovasz_nothingValid_isZeroOrCounts() {
    ScoreTensor p = ScoreTensor.of(new double[] {.9, .2, .4, .6}, 2, 2);
    ScoreTensor labels = ScoreTensor.of(new double[] {1, 0, 255, 255}, 2, 2);
    ScoreTensor all = ScoreTensor.of(new double[] {255, 255, 255, 255}, 2, 2);
    Object[] perImage = {"per-image", true, "ignore-index", 255, "classes", "1"};
    double first = of(new LovaszSoftmax(), p, labels, "ignore-index", 255, "classes", "1").value();
    assertThat(of(new LovaszSoftmax(), p, labels, perImage).value())
        .isCloseTo(first / 2, within(1e-16));
    assertThat(of(new LovaszSoftmax(), p, all, perImage).value()).isZero();
    assertThat(of(new LovaszHinge(), p, all, "ignore-index", 255).value()).isZero();
  }

  @Test
  void lovaszHinge_nanLogit_isNanForItsImageAlone() {
    ScoreTensor x = ScoreTensor.of(new double[] {Double.NaN, 1, .5, .5}, 2, 2);
    ScoreTensor labels = ScoreTensor.of(new double[] {0, 1, 1, 1}, 2, 2);
    double[] terms =
        of(new LovaszHinge(), x, labels, "per-image", true, "reduction", "none")
            .terms()
            .orElseThrow()
            .toArray();
    assertThat(terms[0]).isNaN();
    assertThat(terms[1]).isCloseTo(.5, within(1e-15));
  }

  // the authors' demo, whose published values are float32 sums
  @Test
  void lovasz_publishedDemo_agrees() throws IOException {
    Path feats = SharedFolder.require("data/lovasz_tf_demo_feats_2x200x200_f32le.bin");
    Path labelFile = SharedFolder.require("data/lovasz_tf_demo_labels_2x200x200_u8.bin");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(feats)).order(ByteOrder.LITTLE_ENDIAN);
    float[] x = new float[2 * 200 * 200];
    bytes.asFloatBuffer().get(x);
    byte[] raw = Files.readAllBytes(labelFile);
    double[] labels = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      labels[i] = Byte.toUnsignedInt(raw[i]);
    }
    ScoreTensor logits = ScoreTensor.of(x, 2, 200, 200);
    ScoreTensor truth = ScoreTensor.of(labels, 2, 200, 200);
    ScoreTensor p = Activation.SIGMOID.apply(logits, 0);
    var expected = VectorCases.file("lovasz.json").get("published_large_case").get("expected_f64");

    double image =
        of(new LovaszHinge(), logits, truth, "per-image", true, "ignore-index", 255).value();
    double batch = of(new LovaszHinge(), logits, truth, "ignore-index", 255).value();
    Object[] sigmoid = {"classes", "1", "ignore-index", 255, "per-image", true};
    double soft = of(new LovaszSoftmax(), p, truth, sigmoid).value();

    same(image, expected.get("lovasz_hinge_per_image").doubleValue());
    same(batch, expected.get("lovasz_hinge_batch").doubleValue());
    same(soft, expected.get("lovasz_sigmoid_classes1_per_image").doubleValue());
    assertThat(image).isCloseTo(3.4664201736450195, within(1e-7));
  }

  private static void same(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-12 * expected));
  }

  // 3/4 and 1/4 as probabilities: −ln p of the right class, 100 where it is 0
  @Test
  void classLosses_ofProbabilities_areTakenOfTheirLogarithms() {
    ScoreTensor rows = ScoreTensor.of(new double[] {0.75, 0.25, 1, 0}, 2, 2);
    ScoreTensor labels = ScoreTensor.vector(0, 1);
    assertThat(of(new CrossEntropy(), rows, labels, "input", "probabilities").value())
        .isCloseTo((Math.log(4.0 / 3) + 100) / 2, within(1e-13));
    refused(
        new CrossEntropy(),
        ScoreTensor.of(new double[] {1.5, 0}, 1, 2),
        ScoreTensor.vector(1),
        "predictions[0, 0] is 1.5, not in [0, 1]",
        "input",
        "probabilities");
  }
}
