package io.stagemark.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.NmsMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the rule of suppression, its sub-stages have the same names in the same order. */
class SubStageLapsTest {
  private static final class Laps implements LapProbe {
    final List<String> names = new ArrayList<>();

    @Override
    public void start() {
      names.clear();
    }

    @Override
    public void lap(String name) {
      names.add(name);
    }
  }

  @ParameterizedTest
  @EnumSource(NmsMethod.class)
  void run_anyRule_tellsSortApartFromNms(NmsMethod method) {
    assertThat(laps(method, 300)).containsExactly("filter", "decode", "sort", "nms", "map back");
  }

  // more detections than the walk along sorted prefixes is for: all are sorted at once
  @ParameterizedTest
  @CsvSource({"HARD", "ULTRALYTICS"})
  void run_manyDetections_tellsSortApartFromNms(NmsMethod method) {
    assertThat(laps(method, 30_000)).containsExactly("filter", "decode", "sort", "nms", "map back");
  }

  private static List<String> laps(NmsMethod method, int maxDetections) {
    // 600 boxes of 4x4 px, 10 px apart, so that all are kept
    int count = 600;
    TensorSpec spec = new TensorSpec("o", ElementType.FLOAT32, List.of(1L, 5L, (long) count));
    Tensor output = Tensor.allocate(spec);
    for (int i = 0; i < count; i++) {
      output.floats().put(i, 10 * (i % 30) + 5);
      output.floats().put(count + i, 10 * (i / 30) + 5);
      output.floats().put(2 * count + i, 4);
      output.floats().put(3 * count + i, 4);
      output.floats().put(4 * count + i, .5f + i / 2000f);
    }
    DecoderSettings settings =
        new DecoderSettings(
            "yolov8",
            .25,
            .5,
            30_000,
            maxDetections,
            Map.of(),
            method,
            OptionalDouble.empty(),
            false,
            false,
            List.of());
    BoxPostprocessor post = BoxPostprocessor.create(settings, 1, List.of(spec), 320, 320);
    Laps laps = new Laps();
    post.measure(laps);
    post.run(i -> output, 0, new Geometry(320, 320, 1, 1, 0, 0));
    assertThat(post.detections(0)).hasSize(Math.min(count, maxDetections));
    return laps.names;
  }
}
