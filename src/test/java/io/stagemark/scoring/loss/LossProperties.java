package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.metric.ConfusionMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Laws that hold between losses, and of each alone. */
final class LossProperties {

  @Provide
  Arbitrary<double[]> logits() {
    return Arbitraries.doubles().between(-40, 40).array(double[].class).ofMinSize(1).ofMaxSize(40);
  }

  @Provide
  Arbitrary<double[]> anyFinite() {
    return Arbitraries.doubles().array(double[].class).ofMinSize(2).ofMaxSize(40);
  }

  private static ScoreTensor targets(long seed, int size, boolean soft) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] targets = new double[size];
    Arrays.setAll(targets, i -> soft ? random.nextDouble() : random.nextInt(2));
    return ScoreTensor.vector(targets);
  }

  private static double value(Loss loss, ScoreTensor p, ScoreTensor t, Object... settings) {
    ScoreArguments arguments = loss.description().defaults();
    for (int i = 0; i < settings.length; i += 2) {
      arguments = arguments.with((String) settings[i], settings[i + 1]);
    }
    return loss.evaluate(p, t, arguments).value();
  }

  private static void close(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected) + 1e-300));
  }

  @Property(tries = 200)
  void focal_gammaZero_isBce(
      @ForAll("logits") double[] x, @ForAll long seed, @ForAll boolean soft) {
    ScoreTensor p = ScoreTensor.vector(x);
    ScoreTensor t = targets(seed, x.length, soft);
    double bce = value(new BceWithLogits(), p, t);
    close(value(new FocalUnweighted(), p, t, "gamma", 0), bce, 1e-13);
    close(value(new Focal(), p, t, "gamma", 0, "alpha", -1), bce, 1e-13);
  }

  @Property(tries = 200)
  void bce_ofSigmoid_isBceWithLogits(
      @ForAll("logits") double[] x, @ForAll long seed, @ForAll boolean soft) {
    // beyond ±20 the probability of the other class has lost digits that the logit has
    double[] moderate = Arrays.stream(x).map(v -> v / 4).toArray();
    ScoreTensor logits = ScoreTensor.vector(moderate);
    ScoreTensor t = targets(seed, x.length, soft);
    double expected = value(new BceWithLogits(), logits, t);
    close(value(new Bce(), Activation.SIGMOID.apply(logits, 0), t), expected, 1e-10);
  }

  @Property(tries = 200)
  void sumOfFloats_onTheKernel_agreesWithSingleTerms(
      @ForAll("logits") double[] x, @ForAll long seed, @ForAll boolean soft) {
    ScoreTensor p = floats(ScoreTensor.vector(x));
    ScoreTensor t = floats(targets(seed, x.length, soft));
    for (Loss loss : List.of(new BceWithLogits(), new Focal(), new FocalUnweighted())) {
      double terms = value(loss, p, t, "reduction", "none");
      close(value(loss, p, t), terms, 1e-13);
      close(value(loss, p, t, "reduction", "sum"), terms * x.length, 1e-13);
    }
  }

  private static ScoreTensor floats(ScoreTensor doubles) {
    float[] floats = new float[doubles.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles.get(i);
    }
    return ScoreTensor.of(floats, floats.length);
  }

  @Property(tries = 200)
  void labelSmoothing_epsilonZero_isCrossEntropy(
      @ForAll("logits") double[] x, @ForAll @IntRange(max = 1000) int seed) {
    ScoreTensor p = ScoreTensor.of(x, 1, x.length);
    ScoreTensor t = ScoreTensor.vector(seed % x.length);
    double expected = value(new CrossEntropy(), p, t);
    close(value(new LabelSmoothing(), p, t, "label-smoothing", 0), expected, 0);
    double[] oneHot = new double[x.length];
    oneHot[seed % x.length] = 1;
    close(value(new CrossEntropy(), p, ScoreTensor.of(oneHot, 1, x.length)), expected, 1e-15);
    close(value(new FocalMulticlass(), p, t, "gamma", 0), expected, 1e-15);
  }

  @Property(tries = 200)
  void crossEntropy_ofTwoClasses_isBceOfTheDifference(
      @ForAll @DoubleRange(min = -50, max = 50) double a,
      @ForAll @DoubleRange(min = -50, max = 50) double b) {
    double two =
        value(new CrossEntropy(), ScoreTensor.of(new double[] {a, b}, 1, 2), ScoreTensor.vector(1));
    double one = value(new BceWithLogits(), ScoreTensor.vector(b - a), ScoreTensor.vector(1));
    close(two, one, 1e-11);
  }

  @Property(tries = 200)
  void negativeLogLikelihood_ofLogSoftmax_isCrossEntropy(
      @ForAll("logits") double[] x, @ForAll @IntRange(max = 1000) int seed) {
    ScoreTensor p = ScoreTensor.of(x, 1, x.length);
    ScoreTensor t = ScoreTensor.vector(seed % x.length);
    double expected = value(new CrossEntropy(), p, t);
    close(
        value(new NegativeLogLikelihood(), Activation.LOG_SOFTMAX.apply(p, 1), t), expected, 1e-15);
  }

  @Property(tries = 100)
  void lovaszSoftmax_hardPredictions_isOneMinusMeanIou(
      @ForAll @IntRange(min = 1, max = 60) int pixels,
      @ForAll @IntRange(min = 2, max = 5) int classes,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] labels = new double[pixels];
    double[] hard = new double[pixels * classes];
    ConfusionMatrix confusion = new ConfusionMatrix(classes);
    for (int i = 0; i < pixels; i++) {
      int label = random.nextInt(classes);
      int answer = random.nextInt(classes);
      labels[i] = label;
      hard[answer * pixels + i] = 1;
      confusion.add(label, answer);
    }
    double present = 0;
    int count = 0;
    for (int c = 0; c < classes; c++) {
      if (confusion.truths(c) > 0) {
        present += confusion.iou(c).orElseThrow();
        count++;
      }
    }
    double loss =
        value(
            new LovaszSoftmax(),
            ScoreTensor.of(hard, 1, classes, pixels),
            ScoreTensor.of(labels, 1, pixels));
    assertThat(loss).isCloseTo(1 - present / count, within(1e-14));
  }

  @Property(tries = 200)
  void softmax_shifted_isTheSame(
      @ForAll("logits") double[] x, @ForAll @DoubleRange(min = -1000, max = 1000) double shift) {
    double[] shifted = Arrays.stream(x).map(v -> v + shift).toArray();
    double[] one = Activation.SOFTMAX.apply(ScoreTensor.vector(x), 0).toArray();
    double[] two = Activation.SOFTMAX.apply(ScoreTensor.vector(shifted), 0).toArray();
    for (int c = 0; c < x.length; c++) {
      assertThat(two[c]).isCloseTo(one[c], within(1e-12 * one[c]));
    }
    assertThat(Arrays.stream(one).sum()).isCloseTo(1, within(1e-14));
  }

  @Property(tries = 300)
  void losses_finiteInput_areNeitherNegativeNorNan(
      @ForAll("anyFinite") double[] x, @ForAll long seed, @ForAll boolean soft) {
    ScoreTensor p = ScoreTensor.vector(x);
    ScoreTensor t = targets(seed, x.length, soft);
    ScoreTensor hard = targets(seed, x.length, false);
    ScoreTensor probabilities = Activation.SIGMOID.apply(p, 0);
    ScoreTensor row = ScoreTensor.of(x, 1, x.length);
    ScoreTensor label = ScoreTensor.vector(Math.floorMod(seed, x.length));
    List<Double> losses =
        List.of(
            value(new BceWithLogits(), p, t),
            value(new BceWithLogits(), p, t, "reduction", "none"),
            value(new Bce(), probabilities, t),
            value(new Focal(), p, t),
            value(new Focal(), p, t, "reduction", "none", "gamma", 1.5),
            value(new FocalUnweighted(), p, t),
            value(new FocalUnweighted(), probabilities, t, "input", "probabilities"),
            value(new Focal(), probabilities, t, "input", "probabilities"),
            value(new CrossEntropy(), row, label),
            value(new LabelSmoothing(), row, label),
            value(new FocalMulticlass(), row, label),
            value(new LovaszHinge(), ScoreTensor.of(x, 1, x.length), reshaped(hard)),
            value(new LovaszSoftmax(), probabilities, hard, "classes", "1"));
    for (double loss : losses) {
      assertThat(loss).isNotNaN().isGreaterThanOrEqualTo(0);
    }
  }

  private static ScoreTensor reshaped(ScoreTensor vector) {
    return ScoreTensor.of(vector.toArray(), 1, vector.size());
  }
}
