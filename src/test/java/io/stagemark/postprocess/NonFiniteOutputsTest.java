package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.NmsMethod;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that answers NaN or infinity for some candidates loses those and no others. */
class NonFiniteOutputsTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  // [1, 4 + 1, 6]: x, y, width, height, score; the first and the last candidate are sound
  private static final float[] OUTPUT = {
    20, NAN, 30, 40, 50, 80, 20, 30, INF, 40, 50, 80, 10, 10, 10, -INF, 10, 10, 10, 10, 10, 10, 10,
    10, .9f, .8f, .8f, .8f, NAN, .7f
  };

  @ParameterizedTest
  @EnumSource(NmsMethod.class)
  void run_nanAndInfinity_dropsThoseCandidatesAlone(NmsMethod method) {
    TensorSpec spec = new TensorSpec("o", ElementType.FLOAT32, List.of(1L, 5L, 6L));
    Tensor output = Tensor.allocate(spec);
    output.floats().put(0, OUTPUT);
    BoxPostprocessor post =
        BoxPostprocessor.create(
            new DecoderSettings(
                "yolov8",
                .1,
                .5,
                30000,
                300,
                Map.of(),
                method,
                OptionalDouble.empty(),
                false,
                false,
                List.of()),
            1,
            List.of(spec),
            100,
            100);
    post.run(i -> output, 0, new Geometry(100, 100, 1, 1, 0, 0));
    assertThat(post.detections(0))
        .extracting(Detection::score)
        .containsExactly((double) .9f, (double) .7f);
  }
}
