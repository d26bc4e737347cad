package io.stagemark.task;

import io.stagemark.data.ElementType;
import io.stagemark.data.HalfFloat;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.scoring.activation.Activation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** A task around outputs that a test fills by hand: the engine that computes nothing. */
public final class TaskBed {
  /** Side of the models' square input, and of the picture, in pixels. */
  public static final int SIDE = 64;

  private TaskBed() {}

  /** Returns an output of zeros. */
  public static Tensor output(String name, ElementType type, long... shape) {
    return Tensor.allocate(new TensorSpec(name, type, Arrays.stream(shape).boxed().toList()));
  }

  /** Returns a float32 output with these numbers first. */
  public static Tensor floats(float[] numbers, String name, long... shape) {
    Tensor tensor = output(name, ElementType.FLOAT32, shape);
    tensor.floats().put(0, numbers);
    return tensor;
  }

  /** Returns the same numbers in another element type. */
  public static Tensor as(ElementType type, Tensor floats) {
    TensorSpec spec = floats.spec();
    Tensor tensor = Tensor.allocate(new TensorSpec(spec.name(), type, spec.shape()));
    for (int i = 0; i < floats.floats().capacity(); i++) {
      float value = floats.floats().get(i);
      switch (type) {
        case FLOAT16 -> tensor.bytes().putShort(2 * i, HalfFloat.of(value));
        case BFLOAT16 ->
            tensor.bytes().putShort(2 * i, (short) (Float.floatToRawIntBits(value) >>> 16));
        case FLOAT64 -> tensor.bytes().putDouble(8 * i, value);
        default -> tensor.floats().put(i, value);
      }
    }
    return tensor;
  }

  /** Returns the settings of a card whose input is an image of {@link #SIDE} px. */
  public static TaskSettings settings(
      String task, DecoderSettings decoder, Map<String, Activation> activations, int classes) {
    PreprocessSettings preprocess =
        new PreprocessSettings(
            Resize.STRETCH,
            Interpolation.OPENCV_LINEAR,
            Color.RGB,
            Layout.NCHW,
            1,
            List.of(0.0),
            List.of(1.0),
            0,
            true,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            100_000);
    List<String> labels = IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
    return new TaskSettings(
        task,
        Optional.of(preprocess),
        Optional.of(decoder),
        new LabelMap(labels),
        activations,
        List.of());
  }

  /** Returns a decoder that keeps up to 100 boxes above 0.25. */
  public static DecoderSettings decoder(String type) {
    return new DecoderSettings(type, 0.25, 0.45, 1000, 100, Map.of());
  }

  /** Writes a grey picture of {@link #SIDE} px. */
  public static Path picture(Path folder) {
    OpenCvRuntime.start();
    Mat mat = new Mat(SIDE, SIDE, CvType.CV_8UC3, new Scalar(100, 110, 120));
    Path file = folder.resolve("picture.png");
    Imgcodecs.imwrite(file.toString(), mat);
    mat.release();
    return file;
  }

  /** Returns what a task makes of these outputs of the picture. */
  public static Observation observe(
      Task task, TaskSettings settings, List<Tensor> outputs, Path picture) throws TaskException {
    Tensor input = output("images", ElementType.FLOAT32, 1, 3, SIDE, SIDE);
    List<TensorSpec> specs = outputs.stream().map(Tensor::spec).toList();
    try (TaskSession session = task.bind(settings, List.of(input), specs, outputs::get)) {
      session.decode(0, new ExampleSource.ImageFile(picture));
      session.preprocess(1);
      session.postprocess(1);
      return session.observe(0, true);
    }
  }
}
