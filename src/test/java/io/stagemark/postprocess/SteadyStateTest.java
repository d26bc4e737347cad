package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.NmsMethod;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is allocated an image, once memory has grown and the compiler has seen the loops. */
class SteadyStateTest {
  private static final int IMAGES = 1000;
  private static final int QUIET_ROUNDS = 3;
  private static final int ROUNDS = 40;

  /**
   * Returns the bytes that the last rounds in a row allocated: the first that nothing at all was
   * allocated in, 3,000 images on end, or the last of many. One object in one of these images
   * counts.
   */
  private static long allocated(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sinceQuiet = 0;
    int quiet = 0;
    // escape analysis needs compiled code, for the vectors are objects until then; on a busy
    // machine the compiler is late
    for (int round = 0; round < ROUNDS && quiet < QUIET_ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < IMAGES; i++) {
        work.run();
      }
      sinceQuiet = threads.getCurrentThreadAllocatedBytes() - before;
      quiet = sinceQuiet == 0 ? quiet + 1 : 0;
    }
    return quiet == QUIET_ROUNDS ? 0 : Math.max(sinceQuiet, 1);
  }

  @ParameterizedTest
  @EnumSource(NmsMethod.class)
  void run_manyImagesByAnyRule_allocatesNothing(NmsMethod method) {
    TensorSpec spec = new TensorSpec("o", ElementType.FLOAT32, List.of(1L, 9L, 60L));
    Tensor output = Tensor.allocate(spec);
    Random random = new Random(3);
    for (int i = 0; i < 540; i++) {
      output
          .floats()
          .put(i, i < 120 ? 600 * random.nextFloat() : i < 240 ? 90 : random.nextFloat());
    }
    BoxPostprocessor post =
        BoxPostprocessor.create(
            new DecoderSettings(
                "yolov8",
                .5,
                .5,
                30000,
                300,
                Map.of(),
                method,
                OptionalDouble.empty(),
                false,
                true,
                List.of()),
            5,
            List.of(spec),
            640,
            640);
    IntFunction<Tensor> outputs = i -> output;
    Geometry geometry = new Geometry(640, 480, 1, 1, 0, 80);
    assertThat(allocated(() -> post.run(outputs, 0, geometry))).isZero();
    assertThat(post.counts(0).aboveThreshold()).isGreaterThan(100);
  }

  /** OpenCV's contours allocate. */
  static List<DecoderLayouts.Layout> decoders() {
    return DecoderLayouts.ALL.stream().filter(each -> !each.type().equals("text-map")).toList();
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void run_manyImagesOfAnyDecoder_allocatesNothing(DecoderLayouts.Layout layout) {
    List<Tensor> outputs = layout.allocate();
    Random random = new Random(4);
    for (Tensor output : outputs) {
      if (output.spec().type() == ElementType.FLOAT32) {
        for (int i = 0; i < output.floats().capacity(); i++) {
          output.floats().put(i, random.nextFloat());
        }
      }
    }
    BoxPostprocessor post =
        BoxPostprocessor.create(
            new DecoderSettings(layout.type(), .05, .5, 1000, 100, layout.parameters()),
            layout.classes(),
            layout.specs(),
            64,
            64);
    IntFunction<Tensor> read = outputs::get;
    Geometry geometry = new Geometry(64, 48, 1, 1, 0, 8);
    assertThat(allocated(() -> post.run(read, 0, geometry))).isZero();
  }
}
