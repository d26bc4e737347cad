package io.stagemark.bench;

import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.postprocess.nms.NmsSettings;
import io.stagemark.postprocess.nms.OpenCvSoftNms;
import io.stagemark.postprocess.nms.Suppression;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.opencv.core.Core;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfRect;
import org.opencv.core.Rect;
import org.opencv.core.Rect2d;
import org.opencv.dnn.Dnn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every rule but the greedy ones of {@link NmsBenchmark}, one class, one thread, on the same boxes.
 * {@link OpenCvSoft} has the one peer that OpenCV offers, its {@code softNMSBoxes} (Gaussian, whole
 * pixels), and our rule of the same results.
 *
 * <p>A rule may write into its boxes, so they are copied anew for each call: some 5 ns a box, in
 * the figure.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NmsRulesBenchmark {
  private static final double IOU = 0.45;
  private static final double SCORE = 0.1;

  /** A rule by its name in a card. */
  @State(Scope.Thread)
  public static class Rule {
    @Param({"300", "2000"})
    public int boxes;

    @Param({"clustered", "random"})
    public String spread;

    @Param({
      "SOFT_LINEAR",
      "SOFT_GAUSSIAN",
      "DIOU",
      "FAST",
      "MATRIX_LINEAR",
      "MATRIX_GAUSSIAN",
      "WEIGHTED_FUSION",
      "ONNX"
    })
    public NmsMethod rule;

    private BenchmarkBoxes made;
    private BoxList list;
    private Suppression suppression;

    @Setup
    public void boxes() {
      made = BenchmarkBoxes.of(boxes, spread.equals("clustered"), 1);
      list = new BoxList(boxes);
      suppression =
          Suppression.of(
              new NmsSettings(
                  rule,
                  IOU,
                  SCORE,
                  true,
                  Integer.MAX_VALUE,
                  Integer.MAX_VALUE,
                  OptionalDouble.empty()));
    }
  }

  /** Boxes of whole pixels: all that {@code softNMSBoxes} takes. */
  @State(Scope.Thread)
  public static class OpenCvSoft {
    private static final float SIGMA = 0.5f;

    @Param({"300", "2000"})
    public int boxes;

    @Param({"clustered", "random"})
    public String spread;

    private MatOfRect rects;
    private MatOfFloat scores;
    private double[] ourRects;
    private float[] ourScores;
    private final MatOfFloat updated = new MatOfFloat();
    private final MatOfInt kept = new MatOfInt();

    static {
      nu.pattern.OpenCV.loadLocally();
      Core.setNumThreads(1);
    }

    @Setup
    public void boxes() {
      BenchmarkBoxes made = BenchmarkBoxes.of(boxes, spread.equals("clustered"), 1);
      Rect[] whole = new Rect[boxes];
      ourRects = new double[4 * boxes];
      for (int i = 0; i < boxes; i++) {
        Rect2d rect = made.rects()[i];
        whole[i] = new Rect((int) rect.x, (int) rect.y, (int) rect.width, (int) rect.height);
        ourRects[4 * i] = whole[i].x;
        ourRects[4 * i + 1] = whole[i].y;
        ourRects[4 * i + 2] = whole[i].width;
        ourRects[4 * i + 3] = whole[i].height;
      }
      ourScores = made.scores();
      rects = new MatOfRect(whole);
      scores = new MatOfFloat(ourScores);
    }
  }

  @Benchmark
  public int ours(Rule rule) {
    rule.made.into(rule.list);
    return rule.suppression.run(rule.list);
  }

  @Benchmark
  public int[] oursAsSoftNMSBoxes(OpenCvSoft soft) {
    return new OpenCvSoftNms((float) SCORE, (float) IOU, 0, OpenCvSoft.SIGMA, true)
        .keep(soft.ourRects, soft.ourScores);
  }

  @Benchmark
  public MatOfInt opencvSoftNMSBoxes(OpenCvSoft soft) {
    Dnn.softNMSBoxes(
        soft.rects,
        soft.scores,
        soft.updated,
        (float) SCORE,
        (float) IOU,
        soft.kept,
        0,
        OpenCvSoft.SIGMA);
    return soft.kept;
  }
}
