package io.stagemark.bench;

import ai.djl.ndarray.NDArray;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.TorchScript;
import io.stagemark.scoring.kernel.BlockSums;
import io.stagemark.scoring.kernel.FocalForm;
import io.stagemark.scoring.kernel.LogitKernelPlain;
import io.stagemark.scoring.loss.BceWithLogits;
import io.stagemark.scoring.loss.Focal;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * BCE with logits and focal loss over a 128×128×80 map of float32, mean, one thread: ours (the
 * chosen kernel, and its plain twin) against libtorch's operators through DJL. Ours sum in double,
 * libtorch in float. Run with {@code -prof gc} for the allocation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LossBenchmark {
  private static final int SIDE = 128;
  private static final int CLASSES = 80;
  private static final int TERMS = SIDE * SIDE * CLASSES;

  private final BceWithLogits bce = new BceWithLogits();
  private final Focal focal = new Focal();
  private final ScoreArguments bceMean = bce.description().defaults();
  private final ScoreArguments focalMean = focal.description().defaults();
  private final BlockSums plain = new BlockSums(new LogitKernelPlain());
  private ScoreTensor logits = ScoreTensor.of(new float[0], 0);
  private ScoreTensor targets = ScoreTensor.of(new float[0], 0);
  private TorchScript torchBce = TorchScript.of("return a");
  private TorchScript torchFocal = TorchScript.of("return a");
  private NDArray torchLogits = torchBce.manager().create(0);
  private NDArray torchTargets = torchBce.manager().create(0);

  /** Makes a detector's map: mostly easy negatives, one positive in a thousand. */
  @Setup
  public void makeMap() {
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[TERMS];
    float[] t = new float[TERMS];
    for (int i = 0; i < TERMS; i++) {
      boolean positive = random.nextInt(1000) == 0;
      t[i] = positive ? 1 : 0;
      x[i] = (float) random.nextDouble(positive ? -4 : -12, positive ? 4 : -2);
    }
    logits = ScoreTensor.of(x, SIDE, SIDE, CLASSES);
    targets = ScoreTensor.of(t, SIDE, SIDE, CLASSES);
    torchBce = TorchScript.of("return torch.binary_cross_entropy_with_logits(a, b, None, None, 1)");
    // torchvision.ops.sigmoid_focal_loss, line by line
    torchFocal =
        TorchScript.of(
            "p = torch.sigmoid(a)",
            "ce = torch.binary_cross_entropy_with_logits(a, b, None, None, 0)",
            "pt = torch.add(torch.mul(p, b), torch.mul(torch.rsub(p, 1), torch.rsub(b, 1)))",
            "loss = torch.mul(ce, torch.pow(torch.rsub(pt, 1), 2))",
            "at = torch.add(torch.mul(b, 0.25), torch.mul(torch.rsub(b, 1), 0.75))",
            "return torch.mean(torch.mul(at, loss))");
    torchLogits = torchBce.manager().create(x);
    torchTargets = torchBce.manager().create(t);
  }

  /** Frees libtorch's tensors. */
  @TearDown
  public void close() {
    torchFocal.close();
    torchBce.close();
  }

  @Benchmark
  public double bce_stagemark() {
    return bce.evaluate(logits, targets, bceMean).value();
  }

  @Benchmark
  public double bce_stagemarkPlain() {
    return plain.bce(logits.floats(), targets.floats()) / TERMS;
  }

  @Benchmark
  public float bce_libtorch() {
    try (NDArray result = torchBce.run(torchLogits, torchTargets)) {
      return result.getFloat();
    }
  }

  @Benchmark
  public double focal_stagemark() {
    return focal.evaluate(logits, targets, focalMean).value();
  }

  @Benchmark
  public double focal_stagemarkPlain() {
    return plain.focal(logits.floats(), targets.floats(), FocalForm.paper(.25, 2)) / TERMS;
  }

  @Benchmark
  public float focal_libtorch() {
    try (NDArray result = torchFocal.run(torchLogits, torchTargets)) {
      return result.getFloat();
    }
  }
}
