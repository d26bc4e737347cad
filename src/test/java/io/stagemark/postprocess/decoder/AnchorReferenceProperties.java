package io.stagemark.postprocess.decoder;

import static io.stagemark.postprocess.decoder.PlainReference.sigmoid;
import static io.stagemark.postprocess.decoder.PlainReference.softmax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Families of anchors, against loops over the axes. */
class AnchorReferenceProperties {
  private static final int TRIES = 15;
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  private static double[] scores(int classes, IntToDoubleFunction score) {
    return IntStream.range(0, classes).mapToDouble(score).toArray();
  }

  /** Anchors of YOLOv5 for COCO, the finest stride first. */
  private static final double[][][] YOLOV5 = {
    {{10, 13}, {16, 30}, {33, 23}},
    {{30, 61}, {62, 45}, {59, 119}},
    {{116, 90}, {156, 198}, {373, 326}}
  };

  @Property(tries = 4 * TRIES)
  void yoloGrids_anyLayoutAndFormula_areTheReference(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 2) int layout,
      @ForAll boolean v3,
      @ForAll boolean activated,
      @ForAll boolean coarsestFirst) {
    int classes = 2;
    PlainReference plain = new PlainReference(seed);
    for (int place = 0; place < 3; place++) {
      int s = coarsestFirst ? 2 - place : place;
      int h = HEIGHT >> (3 + s);
      int w = WIDTH >> (3 + s);
      double low = activated ? 0 : -3;
      double high = activated ? 1 : 3;
      switch (layout) {
        case 0 -> plain.output("o" + s, low, high, 2, 3, h, w, 7);
        case 1 -> plain.output("o" + s, low, high, 2, h, w, 3, 7);
        default -> plain.output("o" + s, low, high, 2, 21, h, w);
      }
    }
    for (int place = 0; place < 3; place++) {
      int s = coarsestFirst ? 2 - place : place;
      int stride = 8 << s;
      int output = place;
      for (int a = 0; a < 3; a++) {
        for (int y = 0; y < HEIGHT / stride; y++) {
          for (int x = 0; x < WIDTH / stride; x++) {
            int anchor = a;
            int row = y;
            int column = x;
            IntToDoubleFunction raw =
                v ->
                    switch (layout) {
                      case 0 -> plain.at(output, 1, anchor, row, column, v);
                      case 1 -> plain.at(output, 1, row, column, anchor, v);
                      default -> plain.at(output, 1, anchor * 7 + v, row, column);
                    };
            IntToDoubleFunction on =
                v -> activated ? raw.applyAsDouble(v) : sigmoid(raw.applyAsDouble(v));
            double[] size = YOLOV5[s][a];
            plain.centred(
                scores(classes, c -> on.applyAsDouble(4) * on.applyAsDouble(5 + c)),
                ((v3 ? on.applyAsDouble(0) : 2 * on.applyAsDouble(0) - 0.5) + x) * stride,
                ((v3 ? on.applyAsDouble(1) : 2 * on.applyAsDouble(1) - 0.5) + y) * stride,
                (v3 ? Math.exp(raw.applyAsDouble(2)) : Math.pow(2 * on.applyAsDouble(2), 2))
                    * size[0],
                (v3 ? Math.exp(raw.applyAsDouble(3)) : Math.pow(2 * on.applyAsDouble(3), 2))
                    * size[1]);
          }
        }
      }
    }
    plain.check(
        "yolo-grids",
        Map.of("formula", v3 ? "v3" : "v5", "scores", activated ? "probabilities" : "logits"),
        classes,
        WIDTH,
        HEIGHT,
        1);
  }

  @Property(tries = TRIES)
  void yoloFastestV2_sharedClassScores_areTheReference(@ForAll long seed) {
    double[][][] anchors = {
      {{12.64, 19.39}, {37.88, 51.48}, {55.71, 138.31}},
      {{126.91, 78.23}, {131.57, 214.55}, {279.92, 258.87}}
    };
    int classes = 4;
    PlainReference plain = new PlainReference(seed);
    plain.output("a", 0, 1, 1, 4, 6, 15 + classes).output("b", 0, 1, 1, 2, 3, 15 + classes);
    for (int s = 0; s < 2; s++) {
      int stride = 16 << s;
      for (int y = 0; y < HEIGHT / stride; y++) {
        for (int x = 0; x < WIDTH / stride; x++) {
          for (int a = 0; a < 3; a++) {
            int output = s;
            int row = y;
            int column = x;
            int anchor = a;
            IntToDoubleFunction v = k -> plain.at(output, 0, row, column, k);
            plain.centred(
                scores(classes, c -> v.applyAsDouble(12 + anchor) * v.applyAsDouble(15 + c)),
                (2 * v.applyAsDouble(4 * a) - 0.5 + x) * stride,
                (2 * v.applyAsDouble(4 * a + 1) - 0.5 + y) * stride,
                Math.pow(2 * v.applyAsDouble(4 * a + 2), 2) * anchors[s][a][0],
                Math.pow(2 * v.applyAsDouble(4 * a + 3), 2) * anchors[s][a][1]);
          }
        }
      }
    }
    plain.check("yolo-fastestv2", Map.of(), classes, WIDTH, HEIGHT);
  }

  /** Centre x, y, width and height of anchors. */
  private static List<double[]> grid(
      int[] strides, double centre, java.util.function.IntFunction<double[][]> sizes) {
    List<double[]> anchors = new ArrayList<>();
    for (int stride : strides) {
      for (int y = 0; y * stride < HEIGHT; y++) {
        for (int x = 0; x * stride < WIDTH; x++) {
          for (double[] size : sizes.apply(stride)) {
            anchors.add(
                new double[] {(x + centre) * stride, (y + centre) * stride, size[0], size[1]});
          }
        }
      }
    }
    return anchors;
  }

  @Property(tries = TRIES)
  void retinanet_torchvisionsAnchors_areTheReference(
      @ForAll long seed, @ForAll boolean toLastPixel) {
    double one = toLastPixel ? 1 : 0;
    List<double[]> anchors =
        grid(
            new int[] {8, 16, 32, 64, 128},
            0,
            stride -> {
              double[][] sizes = new double[9][];
              int[] sides = {
                4 * stride, (int) (4 * stride * Math.cbrt(2)), (int) (4 * stride * Math.cbrt(4))
              };
              for (int k = 0; k < 9; k++) {
                double root = Math.sqrt(new double[] {0.5, 1, 2}[k / 3]);
                sizes[k] =
                    new double[] {
                      2 * Math.rint(sides[k % 3] / root / 2), 2 * Math.rint(sides[k % 3] * root / 2)
                    };
              }
              return sizes;
            });
    int count = anchors.size();
    PlainReference plain =
        new PlainReference(seed)
            .output("cls", -6, 3, 1, count, 2)
            .output("reg", -1, 1, 1, count, 4);
    for (int i = 0; i < count; i++) {
      int candidate = i;
      double[] a = anchors.get(i);
      double x = a[0] + plain.at(1, 0, i, 0) * a[2];
      double y = a[1] + plain.at(1, 0, i, 1) * a[3];
      double halfWidth = a[2] * Math.exp(plain.at(1, 0, i, 2)) / 2;
      double halfHeight = a[3] * Math.exp(plain.at(1, 0, i, 3)) / 2;
      plain.add(
          scores(2, c -> sigmoid(plain.at(0, 0, candidate, c))),
          x - halfWidth,
          y - halfHeight,
          x + halfWidth - one,
          y + halfHeight - one);
    }
    Map<String, String> edges = toLastPixel ? Map.of("edges", "last-pixel") : Map.of();
    plain.check("retinanet", edges, 2, WIDTH, HEIGHT);
  }

  @Property(tries = TRIES / 3) // of 50,000 anchors each
  void efficientdet_anchorsAndOrder_areTheReference(@ForAll long seed) {
    double[][] shapes = {{1, 1}, {1.4, 0.7}, {0.7, 1.4}};
    List<double[]> anchors =
        grid(
            new int[] {8, 16, 32, 64, 128},
            0.5,
            stride -> {
              double[][] sizes = new double[9][];
              for (int k = 0; k < 9; k++) {
                int scale = k / 3;
                double side = 4 * stride * Math.pow(2, scale / 3.0);
                sizes[k] = new double[] {side * shapes[k % 3][0], side * shapes[k % 3][1]};
              }
              return sizes;
            });
    int count = anchors.size();
    PlainReference plain =
        new PlainReference(seed).output("reg", -1, 1, 1, count, 4).output("cls", 0, 1, 1, count, 3);
    for (int i = 0; i < count; i++) {
      int candidate = i;
      double[] a = anchors.get(i);
      plain.centred(
          scores(3, c -> plain.at(1, 0, candidate, c)),
          a[0] + plain.at(0, 0, i, 1) * a[2],
          a[1] + plain.at(0, 0, i, 0) * a[3],
          a[2] * Math.exp(plain.at(0, 0, i, 3)),
          a[3] * Math.exp(plain.at(0, 0, i, 2)));
    }
    plain.check("efficientdet", Map.of(), 3, WIDTH, HEIGHT);
  }

  @Property(tries = TRIES)
  void ssdPriors_listedAnchors_areTheReference(@ForAll long seed) {
    List<double[]> anchors =
        grid(
            new int[] {16, 32},
            0.5,
            stride ->
                stride == 16
                    ? new double[][] {{10, 12}, {20, 8}}
                    : new double[][] {{40, 30}, {50, 60}, {70, 40}});
    int count = anchors.size();
    PlainReference plain =
        new PlainReference(seed).output("s", -3, 3, 1, count, 3).output("l", -2, 2, 1, count, 4);
    for (int i = 0; i < count; i++) {
      double[] a = anchors.get(i);
      double[] all = softmax(plain.at(0, 0, i, 0), plain.at(0, 0, i, 1), plain.at(0, 0, i, 2));
      plain.centred(
          new double[] {all[1], all[2]},
          a[0] + 0.1 * plain.at(1, 0, i, 0) * a[2],
          a[1] + 0.1 * plain.at(1, 0, i, 1) * a[3],
          a[2] * Math.exp(0.2 * plain.at(1, 0, i, 2)),
          a[3] * Math.exp(0.2 * plain.at(1, 0, i, 3)));
    }
    plain.check(
        "ssd-priors",
        Map.of(
            "strides", "16 32",
            "anchorsPerCell", "2 3",
            "anchors", "10 12 20 8 40 30 50 60 70 40",
            "scores", "softmax"),
        2,
        WIDTH,
        HEIGHT);
  }

  /** 896 anchors: 16·16·2, then 8·8·6, joined as MediaPipe's Python package exports them. */
  @Property(tries = TRIES)
  void blazeface_joinedGrids_areTheReference(@ForAll long seed) {
    PlainReference plain =
        new PlainReference(seed).output("r", -9, 9, 1, 896, 16).output("c", -5, 5, 1, 896, 1);
    for (int i = 0; i < 896; i++) {
      int side = i < 512 ? 16 : 8;
      int cell = i < 512 ? i / 2 : (i - 512) / 6;
      plain.centred(
          new double[] {sigmoid(plain.at(1, 0, i, 0))},
          plain.at(0, 0, i, 0) + (cell % side + 0.5) / side * 128,
          plain.at(0, 0, i, 1) + (Math.floorDiv(cell, side) + 0.5) / side * 128,
          plain.at(0, 0, i, 2),
          plain.at(0, 0, i, 3));
    }
    plain.check("blazeface", Map.of(), 1, 128, 128);
  }

  /** An overlap beyond 0 and 1 is cut; priors are those of OpenCV's halvings of 100x76 px. */
  @Property(tries = 2 * TRIES)
  void yunet2022_priorsOfFourGrids_areTheReference(
      @ForAll long seed, @ForAll boolean batched, @ForAll boolean asTrained) {
    int[][] sides = {{10, 16, 24}, {32, 48}, {64, 96}, {128, 192, 256}};
    List<double[]> priors = new ArrayList<>();
    int columns = (100 + 1) / 2 / 2;
    int rows = (76 + 1) / 2 / 2;
    for (int s = 0; s < 4; s++) {
      columns /= 2;
      rows /= 2;
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          for (int side : sides[s]) {
            priors.add(new double[] {(x + 0.5) * (8 << s), (y + 0.5) * (8 << s), side});
          }
        }
      }
    }
    int count = priors.size();
    PlainReference plain = new PlainReference(seed);
    if (batched) {
      plain.output("conf", 0, 1, 2, count, 2).output("loc", -3, 3, 2, count, 14);
      plain.output("iou", -0.5, 1.5, 2, count, 1);
    } else {
      plain.output("conf", 0, 1, count, 2).output("loc", -3, 3, count, 14);
      plain.output("iou", -0.5, 1.5, count, 1);
    }
    for (int i = 0; i < count; i++) {
      double[] v = new double[6];
      for (int k = 0; k < 6; k++) {
        int output = k < 4 ? 1 : k == 4 ? 0 : 2;
        int column = k < 4 ? k : k == 4 ? 1 : 0;
        v[k] = batched ? plain.at(output, 1, i, column) : plain.at(output, i, column);
      }
      double[] p = priors.get(i);
      plain.centred(
          new double[] {Math.sqrt(v[4] * Math.min(Math.max(v[5], 0), 1))},
          p[0] + 0.1 * v[0] * p[2],
          p[1] + 0.1 * v[1] * p[2],
          p[2] * Math.exp((asTrained ? 0.2 : 0.1) * v[2]),
          p[2] * Math.exp(0.2 * v[3]));
    }
    plain.check(
        "yunet-2022",
        asTrained ? Map.of("variances", "0.1 0.2") : Map.of(),
        1,
        100,
        76,
        batched ? 1 : 0);
  }
}
