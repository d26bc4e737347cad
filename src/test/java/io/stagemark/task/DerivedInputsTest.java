package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.stagemark.data.Box;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.DerivedValue;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * A picture of 32x16 px, twice as large in an input of 64x48 px: 64x32, with a border of 8 rows
 * above and below.
 */
final class DerivedInputsTest {
  @TempDir Path folder;
  private Path picture;

  @BeforeEach
  void writePicture() {
    OpenCvRuntime.start();
    Mat mat = new Mat(16, 32, CvType.CV_8UC3, new Scalar(1, 2, 3));
    picture = folder.resolve("wide.png");
    Imgcodecs.imwrite(picture.toString(), mat);
    mat.release();
  }

  private static TaskSettings settings(DerivedValue value) {
    PreprocessSettings preprocess =
        new PreprocessSettings(
            Resize.LETTERBOX,
            Interpolation.OPENCV_LINEAR,
            Color.RGB,
            Layout.NCHW,
            1,
            List.of(0.0),
            List.of(1.0),
            114);
    TaskSettings bare = TaskBed.settings("detection", TaskBed.decoder("yolov5"), Map.of(), 2);
    return new TaskSettings(
        "detection",
        Optional.of(preprocess),
        bare.decoder(),
        bare.labels(),
        Map.of(),
        List.of(),
        Map.of(),
        Map.of("more", value),
        Optional.empty());
  }

  /** Returns what is made of a batch of two in which only the second is decoded. */
  private Observation run(TaskSettings settings, Tensor derived) throws TaskException {
    Tensor images = TaskBed.output("images", ElementType.FLOAT32, 2, 3, 48, 64);
    // x, y, width, height, objectness, two scores: of the second example
    Tensor boxes = TaskBed.output("out", ElementType.FLOAT32, 2, 1, 7);
    boxes.floats().put(7, new float[] {20, 10, 8, 4, 1, .25f, .75f});
    TaskSession stages =
        new DetectionTask().bind(settings, List.of(images), List.of(boxes.spec()), i -> boxes);
    try (TaskSession session =
        DerivedInputs.bind(stages, settings, images.spec(), List.of(derived))) {
      session.decode(0, new ExampleSource.ImageFile(picture));
      session.decode(1, new ExampleSource.ImageFile(picture));
      session.preprocess(2);
      session.postprocess(2);
      return session.observe(1, false);
    }
  }

  private double[] second(DerivedValue value, ElementType type) throws TaskException {
    Tensor tensor = TaskBed.output("more", type, 2, 2);
    run(settings(value), tensor);
    return new double[] {tensor.number(2), tensor.number(3)};
  }

  @Test
  void preprocess_sizes_areInTheOrderOfTheirNames() throws Exception {
    assertThat(second(DerivedValue.PICTURE_HW, ElementType.INT64)).containsExactly(16, 32);
    assertThat(second(DerivedValue.PICTURE_WH, ElementType.INT64)).containsExactly(32, 16);
    assertThat(second(DerivedValue.MODEL_HW, ElementType.FLOAT32)).containsExactly(48, 64);
    assertThat(second(DerivedValue.MODEL_WH, ElementType.INT32)).containsExactly(64, 48);
    assertThat(second(DerivedValue.RESIZED_HW, ElementType.FLOAT32)).containsExactly(32, 64);
    assertThat(second(DerivedValue.RESIZED_WH, ElementType.FLOAT16)).containsExactly(64, 32);
    assertThat(second(DerivedValue.SCALE_YX, ElementType.FLOAT32)).containsExactly(2, 2);
  }

  @Test
  void preprocess_pixelMask_isOneWhereThePictureIs() throws Exception {
    Tensor mask = TaskBed.output("more", ElementType.INT64, 2, 48, 64);
    run(settings(DerivedValue.PIXEL_MASK), mask);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        assertThat(mask.number((48 + y) * 64 + x)).isEqualTo(y >= 8 && y < 40 ? 1 : 0);
      }
    }
  }

  // the same numbers: pixels of the picture as they are, or of the input: (x - 0)/2, (y - 8)/2
  @Test
  void observe_modelThatKnowsThePicturesSize_hasBoxesInItsPixels() throws Exception {
    Tensor tensor = TaskBed.output("more", ElementType.FLOAT32, 2, 2);
    assertThat(box(run(settings(DerivedValue.PICTURE_WH), tensor)))
        .isEqualTo(new Box(16, 8, 24, 12));
    assertThat(box(run(settings(DerivedValue.SCALE_XY), tensor))).isEqualTo(new Box(16, 8, 24, 12));
    assertThat(box(run(settings(DerivedValue.MODEL_WH), tensor))).isEqualTo(new Box(8, 0, 12, 2));
  }

  private static Box box(Observation observation) {
    return ((Prediction.Objects) observation.prediction()).detections().get(0).box();
  }

  @Test
  void bind_inputOfAnotherSize_namesWhatFits() {
    Tensor tensor = TaskBed.output("more", ElementType.INT64, 1, 2);
    assertThatExceptionOfType(TaskException.class)
        .isThrownBy(() -> run(settings(DerivedValue.PICTURE_WH), tensor))
        .withMessageContaining("more int64[1, 2]")
        .withMessageContaining("of 2 pictures of 64x48 px: [N, 2]");
  }

  /** Stages of pictures that lie in turn in two places. */
  private static final class Placed implements TaskSession {
    private final Geometry[] places = {
      new Geometry(32, 16, 2, 2, 0, 8), new Geometry(64, 48, 1, 1, 0, 0)
    };
    private int batches;

    @Override
    public void decode(int slot, ExampleSource source) {}

    @Override
    public void preprocess(int count) {
      batches++;
    }

    @Override
    public void postprocess(int count) {}

    @Override
    public Geometry geometry(int slot) {
      return places[(batches + slot) % 2];
    }

    @Override
    public Prediction prediction(int slot) {
      return new Prediction.Raw();
    }

    @Override
    public Observation observe(int slot, boolean withOutputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  void preprocess_manyBatches_allocatesNothing() throws Exception {
    TaskSettings settings = settings(DerivedValue.PIXEL_MASK);
    Tensor mask = TaskBed.output("more", ElementType.FLOAT32, 2, 48, 64);
    TensorSpec image = TaskBed.output("images", ElementType.FLOAT32, 2, 3, 48, 64).spec();
    try (TaskSession session = DerivedInputs.bind(new Placed(), settings, image, List.of(mask))) {
      double perBatch = Math.min(bytesPerBatch(session), bytesPerBatch(session));
      assertThat(perBatch).isLessThan(1);
    }
  }

  /** The first round has what the JVM allocates once. */
  private static double bytesPerBatch(TaskSession session) {
    int batches = 3000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < batches; i++) {
      session.preprocess(2);
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) batches;
  }
}
