package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Tensor;
import io.stagemark.postprocess.nms.BoxList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Key points of faces against loops over the axes, for every candidate. */
class FaceKeyPointsProperties {
  private static final int TRIES = 20;
  private static final int WIDTH = 80;
  private static final int HEIGHT = 48;
  private static final int[] STRIDES = {8, 16, 32};
  private static final int[] COLUMNS = {10, 5, 3};
  private static final int[] ROWS = {6, 3, 2};

  private static BoxDecoder decoder(String type, int points, List<Tensor> outputs, int w, int h) {
    return Decoders.create(
        new Head(
            type,
            1,
            outputs.stream().map(Tensor::spec).toList(),
            w,
            h,
            points == 0 ? Map.of() : Map.of("keyPoints", Integer.toString(points))));
  }

  private static String boxes(BoxDecoder decoder, List<Tensor> outputs, int slot) {
    BoxList boxes = new BoxList(4);
    decoder.filter(outputs::get, slot, new BoxDecoder.Filter(0.2f, false), boxes);
    decoder.locate(outputs::get, slot, boxes);
    int size = boxes.size();
    return Arrays.toString(Arrays.copyOf(boxes.sources(), size))
        + Arrays.toString(Arrays.copyOf(boxes.scores(), size))
        + Arrays.toString(Arrays.copyOf(boxes.left(), size))
        + Arrays.toString(Arrays.copyOf(boxes.bottom(), size));
  }

  /** Compares the points of every candidate; boxes are the same with and without them. */
  private static void check(
      String type, List<Tensor> outputs, int slot, int w, int h, List<double[]> expected) {
    int points = expected.get(0).length / 2;
    BoxDecoder with = decoder(type, points, outputs, w, h);
    PosePoints found = with.keyPoints().orElseThrow();
    assertThat(found.points()).isEqualTo(points);
    assertThat(found.numbers()).isEqualTo(2);
    assertThat(List.of(found.scaleX(), found.scaleY())).containsExactly(1.0, 1.0);
    for (int i = 0; i < expected.size(); i++) {
      for (int k = 0; k < 2 * points; k++) {
        double value = expected.get(i)[k];
        assertThat((double) found.values().value(outputs::get, slot, i, k))
            .as("%s: number %d of candidate %d", type, k, i)
            .isCloseTo(value, within(1e-5 * Math.max(1, Math.abs(value))));
      }
    }
    BoxDecoder without = decoder(type, 0, outputs, w, h);
    assertThat(without.keyPoints()).isEmpty();
    assertThat(boxes(with, outputs, slot)).isEqualTo(boxes(without, outputs, slot));
  }

  @Property(tries = TRIES)
  void scrfd_pointsOfTwoAnchorsACell_areTheReference(
      @ForAll long seed, @ForAll boolean batched, @ForAll @IntRange(min = 3, max = 6) int points) {
    PlainReference plain = new PlainReference(seed);
    for (int width : new int[] {1, 4, 2 * points}) {
      for (int s = 0; s < 3; s++) {
        int rows = 2 * COLUMNS[s] * ROWS[s];
        if (batched) {
          plain.output("o" + width + s, -1, 1, 2, rows, width);
        } else {
          plain.output("o" + width + s, -1, 1, rows, width);
        }
      }
    }
    List<double[]> expected = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      for (int i = 0; i < 2 * COLUMNS[s] * ROWS[s]; i++) {
        double[] numbers = new double[2 * points];
        for (int k = 0; k < numbers.length; k++) {
          int cell = i / 2;
          double corner =
              (k % 2 == 0 ? cell % COLUMNS[s] : Math.floorDiv(cell, COLUMNS[s])) * STRIDES[s];
          double value = batched ? plain.at(6 + s, 1, i, k) : plain.at(6 + s, i, k);
          numbers[k] = corner + value * STRIDES[s];
        }
        expected.add(numbers);
      }
    }
    check("scrfd", plain.outputs(), batched ? 1 : 0, WIDTH, HEIGHT, expected);
  }

  @Property(tries = TRIES)
  void yunet_points_areTheReference(@ForAll long seed) {
    PlainReference plain = new PlainReference(seed);
    for (int width : new int[] {10, 1, 1, 4}) { // in any order among the others
      for (int s = 0; s < 3; s++) {
        plain.output("o" + s, -1, 1, 2, COLUMNS[s] * ROWS[s], width);
      }
    }
    List<double[]> expected = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      for (int y = 0; y < ROWS[s]; y++) {
        for (int x = 0; x < COLUMNS[s]; x++) {
          double[] numbers = new double[10];
          for (int p = 0; p < 5; p++) {
            int cell = y * COLUMNS[s] + x;
            numbers[2 * p] = (plain.at(s, 1, cell, 2 * p) + x) * STRIDES[s];
            numbers[2 * p + 1] = (plain.at(s, 1, cell, 2 * p + 1) + y) * STRIDES[s];
          }
          expected.add(numbers);
        }
      }
    }
    check("yunet", plain.outputs(), 1, WIDTH, HEIGHT, expected);
  }

  /** 64 px: 8², 4², 2² and 1 cells. Points are differences by the first variance, 0.1. */
  @Property(tries = TRIES)
  void yunet2022_points_areTheReference(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int points) {
    PlainReference plain =
        new PlainReference(seed)
            .output("loc", -9, 9, 235, 14)
            .output("conf", 0, 1, 235, 2)
            .output("iou", 0, 1, 235, 1);
    int[][] sides = {{10, 16, 24}, {32, 48}, {64, 96}, {128, 192, 256}};
    List<double[]> expected = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      for (int cell = 0; cell < (8 >> s) * (8 >> s); cell++) {
        for (int side : sides[s]) {
          double[] numbers = new double[2 * points];
          for (int k = 0; k < numbers.length; k++) {
            double index = k % 2 == 0 ? cell % (8 >> s) : Math.floorDiv(cell, 8 >> s);
            numbers[k] =
                (index + 0.5) * (8 << s) + plain.at(0, expected.size(), 4 + k) * 0.1 * side;
          }
          expected.add(numbers);
        }
      }
    }
    assertThat(expected).hasSize(235);
    check("yunet-2022", plain.outputs(), 0, 64, 64, expected);
  }

  /** Two grids apart, 16·16·2 and 8·8·6 anchors, of 256 px; six points of a face. */
  @Property(tries = TRIES)
  void blazeface_points_areTheReference(@ForAll long seed) {
    PlainReference plain =
        new PlainReference(seed)
            .output("a", -5, 5, 2, 512, 1)
            .output("b", -5, 5, 2, 384, 1)
            .output("c", -90, 90, 2, 512, 16)
            .output("d", -90, 90, 2, 384, 16);
    List<double[]> expected = new ArrayList<>();
    for (int grid = 0; grid < 2; grid++) {
      int side = 16 >> grid;
      int each = grid == 0 ? 2 : 6;
      for (int i = 0; i < side * side * each; i++) {
        double[] numbers = new double[12];
        for (int k = 0; k < 12; k++) {
          int cell = i / each;
          int index = k % 2 == 0 ? cell % side : Math.floorDiv(cell, side);
          numbers[k] = (index + 0.5) / side * 256 + plain.at(2 + grid, 1, i, 4 + k);
        }
        expected.add(numbers);
      }
    }
    check("blazeface", plain.outputs(), 1, 256, 256, expected);
  }
}
