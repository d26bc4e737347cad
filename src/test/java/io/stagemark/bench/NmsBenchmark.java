package io.stagemark.bench;

import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.HardNms;
import io.stagemark.postprocess.nms.NmsAccess;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.opencv.core.Core;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfRect2d;
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
 * Suppression at IoU 0.45 of boxes in a 640x640 image, one thread: ours (the chosen loops and their
 * plain twin) and OpenCV's {@code NMSBoxes} / {@code NMSBoxesBatched} on the same boxes in the same
 * JVM. Boxes are in the form each takes before the clock starts; the scores are unsorted.
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
    Random random = new Random(1);
    // clustered: 40 objects, whose boxes shake by a tenth of their size; random: evenly spread
    float[] objects = new float[4 * 40];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = random.nextFloat();
    }
    Rect2d[] opencv = new Rect2d[boxes];
    float[] values = new float[boxes];
    int[] ids = new int[boxes];
    list = new BoxList(boxes);
    for (int i = 0; i < boxes; i++) {
      boolean clustered = spread.equals("clustered");
      int object = random.nextInt(40);
      float width = 20 + 100 * (clustered ? objects[4 * object] : random.nextFloat());
      float height = 20 + 100 * (clustered ? objects[4 * object + 1] : random.nextFloat());
      float x = 520 * (clustered ? objects[4 * object + 2] : random.nextFloat());
      float y = 520 * (clustered ? objects[4 * object + 3] : random.nextFloat());
      if (clustered) {
        x += width * (float) random.nextGaussian() / 10;
        y += height * (float) random.nextGaussian() / 10;
      }
      values[i] = random.nextFloat();
      ids[i] = clustered ? object % classes : random.nextInt(classes);
      opencv[i] = new Rect2d(x, y, width, height);
      list.add(values[i], ids[i], i);
      list.box(i, x, y, x + width, y + height);
    }
    rects = new MatOfRect2d(opencv);
    scores = new MatOfFloat(values);
    classIds = new MatOfInt(ids);
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
