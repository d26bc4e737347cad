package io.stagemark.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.preprocess.StageAccess;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Preprocesses with several settings one after another, so that each meets the profile that the
 * ones before left, and prints the bytes that each allocates. A program of its own: the flags of a
 * trial's JVM decide what the compiler makes of the vector loops.
 */
final class TrialAllocation {
  private static final int IMAGES = 2000;
  private static final int QUIET_ROUNDS = 3;
  private static final long MAX_NANOS = 20_000_000_000L;

  private TrialAllocation() {}

  /** A form of input: its name, and the loops that it takes. */
  private enum InputForm {
    SCALED(Layout.NCHW, ElementType.FLOAT32, List.of(0.0), List.of(1.0)),
    SHIFTED(
        Layout.NCHW,
        ElementType.FLOAT32,
        List.of(0.485, 0.456, 0.406),
        List.of(0.229, 0.224, 0.225)),
    PACKED(Layout.NHWC, ElementType.FLOAT32, List.of(0.5), List.of(0.5)),
    HALF(Layout.NCHW, ElementType.FLOAT16, List.of(0.0), List.of(1.0));

    private final Layout layout;
    private final ElementType type;
    private final PreprocessSettings settings;

    InputForm(Layout layout, ElementType type, List<Double> mean, List<Double> deviation) {
      this.layout = layout;
      this.type = type;
      this.settings =
          new PreprocessSettings(
              Resize.LETTERBOX,
              Interpolation.OPENCV_LINEAR,
              Color.RGB,
              layout,
              1 / 255.0,
              mean,
              deviation,
              114);
    }

    ImageStage stage() {
      List<Long> shape =
          layout == Layout.NCHW ? List.of(1L, 3L, 64L, 64L) : List.of(1L, 64L, 64L, 3L);
      ImageStage stage =
          new ImageStage(settings, Tensor.allocate(new TensorSpec("x", type, shape)));
      StageAccess.place(stage, 0, new Mat(90, 160, CvType.CV_8UC3));
      return stage;
    }
  }

  /**
   * Returns the bytes of a round of images: 0 once three rounds on end allocated nothing, else the
   * last round's after a time that is long enough for a compiler on a busy machine.
   */
  private static long allocated(ImageStage stage) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long bytes = 0;
    int quiet = 0;
    while (quiet < QUIET_ROUNDS && System.nanoTime() - start < MAX_NANOS) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < IMAGES; i++) {
        stage.preprocess(0);
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
      quiet = bytes == 0 ? quiet + 1 : 0;
    }
    return quiet == QUIET_ROUNDS ? 0 : Math.max(bytes, 1);
  }

  /** Takes names of kinds, in the order in which they run. */
  public static void main(String[] kinds) {
    OpenCvRuntime.start();
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (String kind : kinds) {
      try (ImageStage stage = InputForm.valueOf(kind).stage()) {
        out.println(kind + " " + allocated(stage));
      }
    }
  }
}
