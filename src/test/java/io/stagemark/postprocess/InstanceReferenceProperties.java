package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.object.KeyPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Masks and key points against loops that follow the definition, one pixel at a time. */
class InstanceReferenceProperties {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int CELLS_X = 16;
  private static final int CELLS_Y = 12;
  private static final int CANDIDATES = 40;

  /** Pixels whose value is so close to 0 depend on rounding. */
  private static final double UNSURE = 1e-3;

  private static Tensor tensor(String name, long... shape) {
    List<Long> extents = new ArrayList<>();
    for (long extent : shape) {
      extents.add(extent);
    }
    return Tensor.allocate(new TensorSpec(name, ElementType.FLOAT32, extents));
  }

  /** A head's candidates as a test knows them: {@code [candidate][box 4, classes, more]}. */
  private static final class Known {
    private final float[][] box;
    private final float[][] scores;
    private final float[][] more;

    Known(float[][] box, float[][] scores, float[][] more) {
      this.box = box;
      this.scores = scores;
      this.more = more;
    }

    static Known random(Random random, int classes, int more) {
      float[][] box = new float[CANDIDATES][];
      float[][] scores = new float[CANDIDATES][classes];
      float[][] values = new float[CANDIDATES][more];
      for (int i = 0; i < CANDIDATES; i++) {
        box[i] =
            new float[] {
              random.nextFloat() * WIDTH,
              random.nextFloat() * HEIGHT,
              random.nextFloat() * WIDTH,
              random.nextFloat() * HEIGHT
            };
        for (int c = 0; c < classes; c++) {
          scores[i][c] = random.nextFloat();
        }
        for (int m = 0; m < more; m++) {
          values[i][m] = random.nextFloat() * 2 - 1;
        }
      }
      return new Known(box, scores, values);
    }

    int classes() {
      return scores[0].length;
    }

    /** Numbers of a candidate as one form of the head has them; the objectness is 1. */
    float[] row(String form, int i) {
      List<Float> row = new ArrayList<>();
      float[] b = box[i];
      if (form.startsWith("yolov10")) {
        int best = 0;
        for (int c = 1; c < classes(); c++) {
          best = scores[i][c] > scores[i][best] ? c : best;
        }
        row.addAll(List.of(b[0] - b[2] / 2, b[1] - b[3] / 2, b[0] + b[2] / 2, b[1] + b[3] / 2));
        row.addAll(List.of(scores[i][best], (float) best));
      } else {
        row.addAll(List.of(b[0], b[1], b[2], b[3]));
        if (form.startsWith("yolov5") || form.startsWith("yolov7")) {
          row.add(1f);
        }
        for (float score : scores[i]) {
          row.add(score);
        }
      }
      for (float value : more[i]) {
        row.add(value);
      }
      float[] values = new float[row.size()];
      for (int v = 0; v < values.length; v++) {
        values[v] = row.get(v);
      }
      return values;
    }

    /** Rows of two images, the second of which has these candidates. */
    Tensor rows(String form) {
      int width = row(form, 0).length;
      Tensor tensor = tensor("output0", 2, CANDIDATES, width);
      for (int i = 0; i < CANDIDATES; i++) {
        tensor.floats().put((CANDIDATES + i) * width, row(form, i));
      }
      return tensor;
    }

    Tensor columns(String form) {
      int width = row(form, 0).length;
      Tensor tensor = tensor("output0", 2, width, CANDIDATES);
      for (int i = 0; i < CANDIDATES; i++) {
        float[] row = row(form, i);
        for (int v = 0; v < width; v++) {
          tensor.floats().put((width + v) * CANDIDATES + i, row[v]);
        }
      }
      return tensor;
    }
  }

  private static BoxPostprocessor post(
      String type, Map<String, String> parameters, int classes, List<Tensor> outputs) {
    return BoxPostprocessor.create(
        new DecoderSettings(type, .2, .6, 1000, 100, parameters),
        classes,
        outputs.stream().map(Tensor::spec).toList(),
        WIDTH,
        HEIGHT);
  }

  private static Geometry geometry(Random random) {
    int width = 1 + random.nextInt(90);
    int height = 1 + random.nextInt(90);
    double scale = Math.min((double) WIDTH / width, (double) HEIGHT / height);
    return new Geometry(
        width,
        height,
        scale,
        scale,
        (WIDTH - width * scale) / 2,
        Math.rint((HEIGHT - height * scale) / 2));
  }

  /** The candidate of a detection: the one whose score it has. */
  private static int candidate(Known known, Detection detection) {
    for (int i = 0; i < CANDIDATES; i++) {
      if (known.scores[i][detection.classId()] == (float) detection.score()) {
        return i;
      }
    }
    throw new AssertionError("no candidate of score " + detection.score());
  }

  private static double sum(Known known, Tensor prototypes, int candidate, int row, int column) {
    int count = known.more[0].length;
    double sum = 0;
    for (int p = 0; p < count; p++) {
      int at = ((count + p) * CELLS_Y + row) * CELLS_X + column; // of the second image
      sum += (double) known.more[candidate][p] * prototypes.floats().get(at);
    }
    return sum;
  }

  /** The value at the middle of a pixel: bilinear between cells, their own outside the grid. */
  private static double value(
      Known known, Tensor prototypes, int i, Geometry g, int x, int y, boolean early) {
    double u = ((x + .5) * g.scaleX() + g.padLeftPx()) * CELLS_X / WIDTH - .5;
    double v = ((y + .5) * g.scaleY() + g.padTopPx()) * CELLS_Y / HEIGHT - .5;
    double value = 0;
    for (int row = 0; row < CELLS_Y; row++) {
      double wy = Math.max(0, 1 - Math.abs(Math.min(Math.max(v, 0), CELLS_Y - 1.0) - row));
      for (int column = 0; column < CELLS_X; column++) {
        double wx = Math.max(0, 1 - Math.abs(Math.min(Math.max(u, 0), CELLS_X - 1.0) - column));
        if (wx * wy > 0 && (!early || isCellInBox(known.box[i], row, column))) {
          value += wx * wy * sum(known, prototypes, i, row, column);
        }
      }
    }
    return value;
  }

  private static boolean isCellInBox(float[] box, int row, int column) {
    float scaleX = (float) CELLS_X / WIDTH;
    float scaleY = (float) CELLS_Y / HEIGHT;
    return column >= (box[0] - box[2] / 2) * scaleX
        && column < (box[0] + box[2] / 2) * scaleX
        && row >= (box[1] - box[3] / 2) * scaleY
        && row < (box[1] + box[3] / 2) * scaleY;
  }

  private static boolean[] pixels(Detection detection) {
    int[] runs = detection.mask().orElseThrow().runs();
    int size = 0;
    for (int run : runs) {
      size += run;
    }
    boolean[] pixels = new boolean[size];
    int at = 0;
    for (int i = 0; i < runs.length; i++) {
      for (int n = 0; n < runs[i]; n++) {
        pixels[at++] = i % 2 == 1;
      }
    }
    return pixels;
  }

  @Property(tries = 100)
  void masks_anyForm_areTheReference(
      @ForAll @IntRange(min = 0, max = 3) int form,
      @ForAll @IntRange(min = 1, max = 3) int classes,
      @ForAll @IntRange(min = 1, max = 6) int count,
      @ForAll boolean early,
      @ForAll boolean prototypesFirst,
      @ForAll long seed) {
    Random random = new Random(seed);
    String type = List.of("yolov8-seg", "yolov8-seg", "yolov5-seg", "yolov10-seg").get(form);
    Known known = Known.random(random, classes, count);
    Tensor prototypes = tensor("output1", 2, count, CELLS_Y, CELLS_X);
    for (int i = 0; i < prototypes.floats().capacity(); i++) {
      prototypes.floats().put(i, random.nextFloat() * 2 - 1);
    }
    Tensor boxes = form == 1 ? known.columns(type) : known.rows(type);
    List<Tensor> outputs =
        prototypesFirst ? List.of(prototypes, boxes) : List.of(boxes, prototypes);
    Geometry geometry = geometry(random);
    BoxPostprocessor post =
        post(type, Map.of("crop", early ? "prototypes" : "image"), classes, outputs);
    post.run(outputs::get, 0, geometry);
    assertThat(post.detections(0)).isEmpty();
    post.run(outputs::get, 1, geometry);
    assertThat(post.detections(1)).isNotEmpty();
    for (Detection detection : post.detections(1)) {
      boolean[] found = pixels(detection);
      int i = candidate(known, detection);
      int height = geometry.sourceHeightPx();
      for (int x = 0; x < geometry.sourceWidthPx(); x++) {
        for (int y = 0; y < height; y++) {
          boolean inBox =
              x >= detection.box().left()
                  && x < detection.box().right()
                  && y >= detection.box().top()
                  && y < detection.box().bottom();
          double value = value(known, prototypes, i, geometry, x, y, early);
          if ((early || inBox) && Math.abs(value) < UNSURE) {
            continue;
          }
          assertThat(found[x * height + y])
              .as("%s, pixel %d, %d of %s: %s", type, x, y, geometry, value)
              .isEqualTo((early || inBox) && value > 0);
        }
      }
    }
  }

  @Property(tries = 70)
  void keyPoints_anyForm_areTheReference(
      @ForAll @IntRange(min = 0, max = 3) int form,
      @ForAll @IntRange(min = 1, max = 5) int points,
      @ForAll @IntRange(min = 2, max = 3) int numbers,
      @ForAll boolean fractions,
      @ForAll long seed) {
    Random random = new Random(seed);
    String type = List.of("yolov8-pose", "yolov8-pose", "yolov7-pose", "yolov10-pose").get(form);
    Known known = Known.random(random, 2, points * numbers);
    Tensor boxes = form == 1 ? known.columns(type) : known.rows(type);
    Geometry geometry = geometry(random);
    BoxPostprocessor post =
        post(
            type,
            Map.of(
                "keyPoints",
                Integer.toString(points),
                "keyPointNumbers",
                Integer.toString(numbers),
                "unit",
                fractions ? "fractions" : "pixels"),
            2,
            List.of(boxes));
    post.run(i -> boxes, 1, geometry);
    assertThat(post.detections(1)).isNotEmpty();
    for (Detection detection : post.detections(1)) {
      float[] values = known.more[candidate(known, detection)];
      List<KeyPoint> found = detection.pose().orElseThrow().points();
      assertThat(found).hasSize(points);
      for (int p = 0; p < points; p++) {
        double x = (double) values[p * numbers] * (fractions ? WIDTH : 1);
        double y = (double) values[p * numbers + 1] * (fractions ? HEIGHT : 1);
        double sourceX = (x - geometry.padLeftPx()) / geometry.scaleX();
        double sourceY = (y - geometry.padTopPx()) / geometry.scaleY();
        assertThat(found.get(p).x())
            .isCloseTo(Math.min(Math.max(sourceX, 0), geometry.sourceWidthPx()), within(1e-9));
        assertThat(found.get(p).y())
            .isCloseTo(Math.min(Math.max(sourceY, 0), geometry.sourceHeightPx()), within(1e-9));
        assertThat(found.get(p).visibility()).isEqualTo(numbers == 3 ? values[3 * p + 2] : 1);
      }
    }
  }

  // one prototype of 16x12 cells, each 4x4 px: cells of columns 4 to 7 are 1, the others −1. At
  // the middle of pixel x the value is that of u = (x + .5) / 4 − .5: 0 at u = 3.5, x = 15.5, and
  // at u = 7.5, x = 31.5. The box from (8, 8) to (40, 20) leaves rows 8 to 19.
  @Example
  void mask_ofOneBand_isTheBandInTheBox() {
    Tensor boxes = tensor("output0", 1, 6, 1);
    boxes.floats().put(0, new float[] {24, 14, 32, 12, .9f, 1});
    Tensor prototypes = tensor("output1", 1, 1, CELLS_Y, CELLS_X);
    for (int i = 0; i < CELLS_X * CELLS_Y; i++) {
      prototypes.floats().put(i, i % CELLS_X >= 4 && i % CELLS_X <= 7 ? 1 : -1);
    }
    List<Tensor> outputs = List.of(boxes, prototypes);
    BoxPostprocessor post = post("yolov8-seg", Map.of(), 1, outputs);
    post.run(outputs::get, 0, new Geometry(WIDTH, HEIGHT, 1, 1, 0, 0));
    boolean[] found = pixels(post.detections(0).get(0));
    for (int x = 0; x < WIDTH; x++) {
      for (int y = 0; y < HEIGHT; y++) {
        assertThat(found[x * HEIGHT + y])
            .as("%d, %d", x, y)
            .isEqualTo(x >= 16 && x <= 31 && y >= 8 && y <= 19);
      }
    }
  }
}
