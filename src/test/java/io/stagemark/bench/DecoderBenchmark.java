package io.stagemark.bench;

import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.RotatedNms;
import io.stagemark.postprocess.nms.Suppression;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
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
 * Each decoder at the size of a public model, from outputs to kept boxes, against a floor: every
 * number of the outputs is read once, in plain Java, and the same candidates are suppressed. No
 * decoder may take more than 1.5 times as long. At most 3 % of the candidates pass 0.25.
 *
 * <p>Masks and key points of the kept boxes are not part of the floor. The boxes are random and
 * small, so that masks take less time than those of a photograph.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {
  private static final float THRESHOLD = 0.25f;
  private static final Geometry GEOMETRY = new Geometry(1280, 720, .5, .5, 0, 140);

  /**
   * Decoder with a parameter or none, side of the input, classes, whether scores are logits,
   * outputs.
   */
  @Param({
    "yolov8 640 80 p 1x84x8400",
    "yolov8 640 80 p 1x8400x84",
    "yolov5 640 80 p 1x25200x85",
    "ssd 300 80 p 1x8732x81 1x8732x4",
    "yolonas 640 80 p 1x8400x80 1x8400x4",
    "detr 640 80 l 1x300x80 1x300x4",
    "rtdetr-ultralytics 640 80 p 1x300x84",
    "yolox 640 80 p 1x8400x85",
    "nanodet 416 80 p 1x2704x80 1x676x80 1x169x80 1x2704x32 1x676x32 1x169x32",
    "nanodet-plus 416 80 p 1x3598x112",
    "picodet 416 80 p 1x3598x112",
    "fcos 512 80 l 1x80x64x64 1x4x64x64 1x1x64x64 1x80x32x32 1x4x32x32 1x1x32x32 1x80x16x16"
        + " 1x4x16x16 1x1x16x16 1x80x8x8 1x4x8x8 1x1x8x8 1x80x4x4 1x4x4x4 1x1x4x4",
    "scrfd 640 1 p 12800x1 3200x1 800x1 12800x4 3200x4 800x4",
    "yunet 320 1 p 1x1600x1 1x400x1 1x100x1 1x1600x1 1x400x1 1x100x1 1x1600x4 1x400x4 1x100x4",
    "scrfd:keyPoints=5 640 1 p 12800x1 3200x1 800x1 12800x4 3200x4 800x4 12800x10 3200x10 800x10",
    "yunet:keyPoints=5 320 1 p 1x1600x1 1x400x1 1x100x1 1x1600x1 1x400x1 1x100x1 1x1600x4 1x400x4"
        + " 1x100x4 1x1600x10 1x400x10 1x100x10",
    "yunet-2022:keyPoints=5 320 1 p 5875x14 5875x2 5875x1",
    "fastestdet 352 80 p 1x85x22x22",
    "centernet 512 80 p 1x80x128x128 1x4x128x128",
    "centernet-wh 512 80 p 1x80x128x128 1x2x128x128 1x2x128x128",
    "centernet-wh:scores=logits 512 80 l 1x80x128x128 1x2x128x128 1x2x128x128",
    "yolo-grids 640 80 l 1x3x80x80x85 1x3x40x40x85 1x3x20x20x85",
    "yolo-fastestv2 352 80 p 1x22x22x95 1x11x11x95",
    "retinanet 512 90 l 1x49104x90 1x49104x4",
    "efficientdet 512 90 p 1x49104x90 1x49104x4",
    "blazeface 128 1 l 1x896x1 1x896x16",
    "blazeface:keyPoints=6 128 1 l 1x896x1 1x896x16",
    "yolov8-seg 640 80 p 1x116x8400 1x32x160x160",
    "yolov5-seg 640 80 p 1x25200x117 1x32x160x160",
    "yolov10-seg 640 80 p 1x300x38 1x32x160x160",
    "yolov8-pose 640 1 p 1x56x8400",
    "yolov7-pose 640 1 p 1x25200x57",
    "yolov10-pose 640 1 p 1x300x57",
    "yolov8-obb 1024 15 p 1x20x21504",
    "yolov10-obb 1024 15 p 1x300x7",
    "yolov10 640 80 p 1x300x6",
    "selected 640 80 p 1x300x4 1x300 1x300"
  })
  public String model;

  private final List<Tensor> outputs = new ArrayList<>();

  /** One object, as a session is in a run: calls of several would not be inlined. */
  private final IntFunction<Tensor> byIndex = outputs::get;

  private final BoxList candidates = new BoxList(1024);
  private BoxPostprocessor ours;
  private Suppression nms;

  @Setup
  public void outputs() {
    String[] words = model.split(" ", 5);
    Random random = new Random(5);
    boolean logits = words[3].equals("l");
    int classes = Integer.parseInt(words[2]);
    int level = classes == 1 ? -5 : -8; // without 79 other classes too few would pass
    for (String shape : words[4].split(" ", -1)) {
      List<Long> extents = Arrays.stream(shape.split("x", -1)).map(Long::valueOf).toList();
      Tensor tensor =
          Tensor.allocate(new TensorSpec("o" + outputs.size(), ElementType.FLOAT32, extents));
      for (int i = 0; i < tensor.floats().capacity(); i++) {
        double log = level + 1.8 * random.nextGaussian();
        tensor.floats().put(i, (float) (logits ? log : Math.min(1, Math.exp(log))));
      }
      outputs.add(tensor);
    }
    List<TensorSpec> specs = outputs.stream().map(Tensor::spec).toList();
    int side = Integer.parseInt(words[1]);
    String[] type = words[0].split("[:=]", -1);
    Map<String, String> parameters = type.length == 1 ? Map.of() : Map.of(type[1], type[2]);
    DecoderSettings settings = new DecoderSettings(type[0], THRESHOLD, .45, 1000, 100, parameters);
    ours = BoxPostprocessor.create(settings, classes, specs, side, side);
    BoxDecoder decoder = Decoders.create(new Head(type[0], classes, specs, side, side, parameters));
    decoder.filter(byIndex, 0, new BoxDecoder.Filter(THRESHOLD, false), candidates);
    decoder.locate(byIndex, 0, candidates);
    nms =
        decoder
            .rotated()
            .<Suppression>map(boxes -> new RotatedNms(settings.nmsSettings(), boxes))
            .orElseGet(() -> Suppression.of(settings.nmsSettings()));
    System.out.println(candidates.size() + " candidates");
  }

  @Benchmark
  public int ours() {
    ours.run(byIndex, 0, GEOMETRY);
    return ours.counts(0).kept();
  }

  @Benchmark
  public float floor() {
    float largest = 0;
    for (Tensor output : outputs) {
      FloatBuffer values = output.floats();
      int count = values.capacity();
      for (int i = 0; i < count; i++) {
        float value = values.get(i);
        largest = value > largest ? value : largest;
      }
    }
    return largest + nms.run(candidates);
  }
}
