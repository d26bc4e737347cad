package io.stagemark.bench;

import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.HardNms;
import io.stagemark.postprocess.nms.NmsAccess;
import java.util.concurrent.TimeUnit;
import org.opencv.core.Core;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfRect2d;
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
 * Suppression at IoU 0.45 of boxes in a 640x640 image, one thread: ours (the chosen loops and their
 * plain twin) and OpenCV's {@code NMSBoxes} / {@code NMSBoxesBatched} on the same boxes in the same
 * JVM. Boxes are in the form each takes before the clock starts; the scores are unsorted. The other
 * rules are in {@link NmsRulesBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NmsBenchmark {
  @Param({"300", "8400", "30000"})
  public int boxes;

  @Param({"clustered", "random"})
  public String spread;

  @Param({"1", "80"})
  public int classes;

  private BoxList list;
  private HardNms ours;
  private HardNms plain;
  private MatOfRect2d rects;
  private MatOfFloat scores;
  private MatOfInt classIds;
  private MatOfInt kept;

  @Setup
  public void boxes() {
    nu.pattern.OpenCV.loadLocally();
    Core.setNumThreads(1);
    BenchmarkBoxes made = BenchmarkBoxes.of(boxes, spread.equals("clustered"), classes);
    list = made.list();
    rects = new MatOfRect2d(made.rects());
    scores = new MatOfFloat(made.scores());
    classIds = new MatOfInt(made.classIds());
    kept = new MatOfInt();
    ours = new HardNms(0.45, false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    plain = NmsAccess.plain(0.45);
  }

  @Benchmark
  public int ours() {
    return ours.run(list);
  }

  @Benchmark
  public int plainTwin() {
    return plain.run(list);
  }

  @Benchmark
  public MatOfInt opencv() {
    if (classes == 1) {
      Dnn.NMSBoxes(rects, scores, 0, 0.45f, kept);
    } else {
      Dnn.NMSBoxesBatched(rects, scores, classIds, 0, 0.45f, kept);
    }
    return kept;
  }
}
