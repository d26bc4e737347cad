package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.TorchScript;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The losses against libtorch's own operators, in double, on random input. */
final class LibtorchAgreementTest {
  private static final int N = 200;
  private static final int C = 7;

  private static double[] random(long seed, int count, double from, double to) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count).mapToDouble(i -> random.nextDouble(from, to)).toArray();
  }

  private static double[] integers(long seed, int count, int bound) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count).mapToDouble(i -> random.nextInt(bound)).toArray();
  }

  /** Compares every reduction; {@code %s} in the script stands for libtorch's number of it. */
  private static void agree(
      Loss loss, ScoreArguments arguments, Inputs inputs, double relative, String... script) {
    String[] reductions = {"none", "mean", "sum"};
    for (int r = 0; r < reductions.length; r++) {
      String[] lines = script.clone();
      lines[lines.length - 1] = lines[lines.length - 1].formatted(r);
      double[] expected;
      try (TorchScript torch = TorchScript.of(lines)) {
        NDArray a = torch.manager().create(inputs.a).reshape(shape(inputs.aShape));
        NDArray b = torch.manager().create(inputs.b).reshape(shape(inputs.bShape));
        expected =
            torch.run(a, inputs.labels ? b.toType(DataType.INT64, false) : b).toDoubleArray();
      }
      var result =
          loss.evaluate(
              ScoreTensor.of(inputs.a, inputs.aShape),
              ScoreTensor.of(inputs.b, inputs.bShape),
              arguments.with("reduction", reductions[r]));
      double[] actual =
          result.terms().map(ScoreTensor::toArray).orElse(new double[] {result.value()});
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i])
            .as("%s %s[%d]", loss.name(), reductions[r], i)
            .isCloseTo(expected[i], within(relative * Math.abs(expected[i]) + 1e-15));
      }
    }
  }

  private record Inputs(double[] a, int[] aShape, double[] b, int[] bShape, boolean labels) {}

  private static Shape shape(int[] extents) {
    return new Shape(IntStream.of(extents).asLongStream().toArray());
  }

  private static Inputs binary(double from, double to, boolean soft) {
    int[] shape = {N, C};
    double[] targets = soft ? random(2, N * C, 0, 1) : integers(2, N * C, 2);
    return new Inputs(random(1, N * C, from, to), shape, targets, shape, false);
  }

  private static Inputs classes(int... inner) {
    int size = IntStream.of(inner).reduce(1, (a, b) -> a * b);
    int[] shape = IntStream.concat(IntStream.of(N, C), IntStream.of(inner)).toArray();
    int[] labelShape = IntStream.concat(IntStream.of(N), IntStream.of(inner)).toArray();
    double[] labels = integers(4, N * size, C);
    return new Inputs(random(3, N * C * size, -8, 8), shape, labels, labelShape, true);
  }

  @Test
  void bce_randomProbabilities_agrees() {
    for (boolean soft : new boolean[] {false, true}) {
      Loss loss = new Bce();
      agree(
          loss,
          loss.description().defaults(),
          binary(0, 1, soft),
          1e-12,
          "return torch.binary_cross_entropy(a, b, None, %d)");
    }
  }

  // libtorch's form cancels for easy terms (facts: rel 2.6e-11): hence 1e-9 for single terms
  @Test
  void bceWithLogits_randomLogits_agrees() {
    for (boolean soft : new boolean[] {false, true}) {
      Loss loss = new BceWithLogits();
      agree(
          loss,
          loss.description().defaults(),
          binary(-12, 12, soft),
          1e-9,
          "return torch.binary_cross_entropy_with_logits(a, b, None, None, %d)");
    }
  }

  @Test
  void focal_torchvisionFormula_agrees() {
    String[] formula = {
      "p = torch.sigmoid(a)",
      "ce = torch.binary_cross_entropy_with_logits(a, b, None, None, 0)",
      "pt = torch.add(torch.mul(p, b), torch.mul(torch.rsub(p, 1), torch.rsub(b, 1)))",
      "at = torch.add(torch.mul(b, 0.25), torch.mul(torch.rsub(b, 1), 0.75))",
      "loss = torch.mul(torch.mul(ce, torch.pow(torch.rsub(pt, 1), 2)), at)",
      "return [loss, torch.mean(loss), torch.sum(loss)][%d]"
    };
    for (boolean soft : new boolean[] {false, true}) {
      Loss loss = new Focal();
      agree(loss, loss.description().defaults(), binary(-8, 8, soft), 1e-9, formula);
    }
  }

  @Test
  void crossEntropy_randomLogits_agrees() {
    Loss loss = new CrossEntropy();
    String script = "return torch.cross_entropy_loss(a, b, None, %d, -100, 0.)";
    agree(loss, loss.description().defaults(), classes(), 1e-11, script);
    agree(loss, loss.description().defaults(), classes(3, 2), 1e-11, script);
    agree(
        loss,
        loss.description().defaults().with("ignore-index", 2),
        classes(3),
        1e-11,
        "return torch.cross_entropy_loss(a, b, None, %d, 2, 0.)");
  }

  @Test
  void crossEntropy_classWeights_agrees() {
    Loss loss = new CrossEntropy();
    ScoreTensor weights = ScoreTensor.vector(0, 1, 2, 3, 4, 5, 6);
    agree(
        loss,
        loss.description().defaults().with("class-weight", weights),
        classes(2),
        1e-11,
        "w = torch.to(torch.arange(7), 7)",
        "return torch.cross_entropy_loss(a, b, w, %d, -100, 0.)");
  }

  @Test
  void crossEntropy_probabilityTargets_agrees() {
    Loss loss = new CrossEntropy();
    int[] shape = {N, C};
    Inputs soft = new Inputs(random(5, N * C, -8, 8), shape, random(6, N * C, 0, 1), shape, false);
    agree(
        loss,
        loss.description().defaults().with("label-smoothing", .3),
        soft,
        1e-11,
        "return torch.cross_entropy_loss(a, b, None, %d, -100, 0.3)");
  }

  @Test
  void labelSmoothing_weightsAndIgnored_agrees() {
    Loss loss = new LabelSmoothing();
    agree(
        loss,
        loss.description()
            .defaults()
            .with("class-weight", ScoreTensor.vector(1, 1, 2, 3, 4, 5, 6))
            .with("ignore-index", 3),
        classes(2),
        1e-11,
        "w = torch.clamp(torch.to(torch.arange(7), 7), 1)",
        "return torch.cross_entropy_loss(a, b, w, %d, 3, 0.1)");
  }

  @Test
  void negativeLogLikelihood_logSoftmax_agrees() {
    Loss loss = new NegativeLogLikelihood();
    agree(
        loss,
        loss.description().defaults(),
        classes(3, 2),
        1e-12,
        "return torch.nll_loss_nd(a, b, None, %d, -100)");
  }
}
