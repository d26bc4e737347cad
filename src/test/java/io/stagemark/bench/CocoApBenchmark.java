package io.stagemark.bench;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.scoring.detection.CocoAp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
 * COCO AP from nothing to the twelve figures, against the number of images: 100 detections and
 * seven objects an image over 80 categories, as many as in COCO. Run with {@code -prof gc} for the
 * bytes allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(1)
public class CocoApBenchmark {
  private static final int CATEGORIES = 80;
  private static final int OBJECTS = 7;

  /** Images of the data set. */
  @Param({"500", "1000", "2000", "5000"})
  public int images;

  /** Detections an image. */
  @Param("100")
  public int detections;

  private final List<List<Detection>> found = new ArrayList<>();
  private final List<List<Annotation>> right = new ArrayList<>();

  /** Makes objects, and detections of which half lie near an object. */
  @Setup
  public void makeImages() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < images; n++) {
      List<Annotation> truths = new ArrayList<>();
      for (int g = 0; g < OBJECTS; g++) {
        Box box = box(random);
        truths.add(new Annotation(box, random.nextInt(CATEGORIES), box.area() * .7, false));
      }
      List<Detection> reported = new ArrayList<>();
      for (int d = 0; d < detections; d++) {
        Annotation near = truths.get(random.nextInt(OBJECTS));
        boolean hit = random.nextBoolean();
        reported.add(
            new Detection(
                hit ? moved(near.box(), random) : box(random),
                hit ? near.classId() : random.nextInt(CATEGORIES),
                random.nextDouble()));
      }
      found.add(reported);
      right.add(truths);
    }
  }

  private static Box box(SplittableRandom random) {
    double left = random.nextDouble(500);
    double top = random.nextDouble(400);
    return new Box(left, top, left + random.nextDouble(4, 250), top + random.nextDouble(4, 250));
  }

  private static Box moved(Box box, SplittableRandom random) {
    double x = random.nextDouble(-10, 10);
    double y = random.nextDouble(-10, 10);
    return new Box(box.left() + x, box.top() + y, box.right() + x, box.bottom() + y);
  }

  @Benchmark
  public double ap() {
    CocoAp evaluation = new CocoAp();
    for (int n = 0; n < images; n++) {
      evaluation.add(Integer.toString(n), found.get(n), right.get(n));
    }
    return evaluation.result().figures().ap();
  }
}
