package io.stagemark.preprocess;

import static io.stagemark.testdata.VectorCases.bytes;
import static io.stagemark.testdata.VectorCases.doubles;
import static io.stagemark.testdata.VectorCases.floats;
import static io.stagemark.testdata.VectorCases.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.testdata.VectorCases;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Reference cases of geometry and pixels; the file says where they come from. */
class PreprocessVectorsTest {

  @BeforeAll
  static void natives() {
    OpenCvRuntime.start();
  }

  static List<JsonNode> letterboxes() {
    return VectorCases.of("preprocess.json", "letterbox_geometry");
  }

  @ParameterizedTest
  @MethodSource("letterboxes")
  void letterbox_referenceCase_hasTheSameGeometry(JsonNode node) {
    int[] shape = ints(node.get("shape"));
    JsonNode params = node.get("params");
    int[] size = ints(params.get("new"));
    JsonNode expected = node.get("expected");
    if (params.get("scale_fill").asBoolean()) {
      FitPlan plan =
          FitPlan.of(settings(Resize.STRETCH, 1, 0, 1), shape[1], shape[0], size[1], size[0]);
      assertThat(plan.resizedWidth()).isEqualTo(expected.get("resized_w").asInt());
      assertThat(plan.resizedHeight()).isEqualTo(expected.get("resized_h").asInt());
      return;
    }
    Letterbox.Rule rule =
        new Letterbox.Rule(
            params.get("scaleup").asBoolean(),
            params.get("center").asBoolean(),
            false,
            params.get("auto").asBoolean() ? params.get("stride").asInt() : 0);
    if (expected.get("resized_w").asInt() == 0 || expected.get("resized_h").asInt() == 0) {
      assertThatThrownBy(() -> Letterbox.plan(shape[1], shape[0], size[1], size[0], rule))
          .hasMessageContaining("too elongated");
      return;
    }
    Letterbox box = Letterbox.plan(shape[1], shape[0], size[1], size[0], rule);
    assertThat(box.ratio()).isEqualTo(expected.get("ratio").asDouble());
    assertThat(List.of(box.widthPx(), box.heightPx()))
        .containsExactly(expected.get("resized_w").asInt(), expected.get("resized_h").asInt());
    assertThat(List.of(box.left(), box.top(), box.right(), box.bottom()))
        .containsExactly(
            expected.get("left").asInt(),
            expected.get("top").asInt(),
            expected.get("right").asInt(),
            expected.get("bottom").asInt());
    assertThat(List.of(box.outputWidthPx(), box.outputHeightPx()))
        .containsExactly(expected.get("out_w").asInt(), expected.get("out_h").asInt());
  }

  private static PreprocessSettings settings(Resize resize, double scale, double mean, double std) {
    return new PreprocessSettings(
        resize,
        Interpolation.OPENCV_LINEAR,
        Color.RGB,
        Layout.NCHW,
        scale,
        List.of(mean),
        List.of(std),
        114);
  }

  private static Mat mat(JsonNode image, JsonNode shape) {
    Mat mat = new Mat(shape.get(0).asInt(), shape.get(1).asInt(), CvType.CV_8UC3);
    mat.put(0, 0, bytes(image));
    return mat;
  }

  static List<JsonNode> resizes() {
    return VectorCases.of("preprocess.json", "resize_u8");
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void resize_referenceCase_hasTheSameBits(JsonNode node) {
    Mat source = mat(node.get("image"), node.get("shape"));
    int height = node.get("out").get(0).asInt();
    int width = node.get("out").get(1).asInt();
    assertThat(resized(Interpolation.OPENCV_LINEAR, source, width, height))
        .containsExactly(bytes(node.get("cv2_inter_linear")));
    assertThat(resized(Interpolation.PILLOW_BILINEAR, source, width, height))
        .containsExactly(bytes(node.get("pil_bilinear")));
  }

  private static byte[] resized(Interpolation how, Mat source, int width, int height) {
    try (Resizer resizer = new Resizer(how)) {
      byte[] bytes = new byte[width * height * 3];
      resizer.resize(source, width, height, 0).get(0, bytes, bytes.length);
      return bytes;
    }
  }

  /** Runs pixels through the whole stage into a float32 tensor of 3 channels. */
  private static float[] run(PreprocessSettings settings, Mat image, int height, int width) {
    Tensor input =
        Tensor.allocate(
            new TensorSpec(
                "images", ElementType.FLOAT32, List.of(1L, 3L, (long) height, (long) width)));
    try (ImageStage stage = new ImageStage(settings, input)) {
      stage.place(0, image);
      stage.preprocess(0);
      float[] values = new float[3 * height * width];
      input.floats().get(0, values);
      return values;
    }
  }

  static List<JsonNode> images() {
    return VectorCases.of("preprocess.json", "letterbox_image_bgr_to_rgb_nchw_div255");
  }

  @ParameterizedTest
  @MethodSource("images")
  void preprocess_letterboxedImage_hasTheSameBits(JsonNode node) {
    int[] size = ints(node.get("new"));
    assertThat(
            run(
                settings(Resize.LETTERBOX, 1 / 255.0, 0, 1),
                mat(node.get("image_bgr"), node.get("shape")),
                size[0],
                size[1]))
        .containsExactly(floats(node.get("expected_f32_nchw_rgb")));
  }

  static List<JsonNode> blobs() {
    return VectorCases.of("preprocess.json", "blobFromImage");
  }

  // blobFromImage is (v − mean) · scale in float32, whose rounding of v − mean is up to 2^−17:
  // ours, (v · scale − mean · scale) / 1 in double, is the nearest float to the exact value
  @ParameterizedTest
  @MethodSource("blobs")
  void preprocess_blobFromImage_isWithinItsRounding(JsonNode node) {
    JsonNode params = node.get("params");
    double scale = params.get("scalefactor").asDouble();
    PreprocessSettings settings =
        new PreprocessSettings(
            params.get("crop").asBoolean() ? Resize.COVER_CROP : Resize.STRETCH,
            Interpolation.OPENCV_LINEAR,
            params.get("swapRB").asBoolean() ? Color.RGB : Color.BGR,
            Layout.NCHW,
            scale,
            Arrays.stream(doubles(params.get("mean"))).map(m -> m * scale).boxed().toList(),
            List.of(1.0),
            0);
    int[] size = ints(params.get("size"));
    float[] expected = floats(node.get("expected"));
    float[] actual = run(settings, mat(node.get("image"), node.get("shape")), size[1], size[0]);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .isCloseTo(expected[i], within((float) (0x1p-16 * scale) + Math.ulp(expected[i])));
    }
  }

  static List<JsonNode> resizeSizes() {
    return VectorCases.of("preprocess.json", "torchvision_resize_size");
  }

  @ParameterizedTest
  @MethodSource("resizeSizes")
  void resizedSide_torchvisionResize_isTheSame(JsonNode node) {
    int[] shape = ints(node.get("shape"));
    int size = node.get("size").asInt();
    int longest = node.has("max_size") ? node.get("max_size").asInt() : Integer.MAX_VALUE;
    assertThat(
            new int[] {
              FitPlan.resizedSide(shape[0], shape[1], size, longest),
              FitPlan.resizedSide(shape[1], shape[0], size, longest)
            })
        .containsExactly(ints(node.get("expected")));
  }

  static List<JsonNode> crops() {
    return VectorCases.of("preprocess.json", "center_crop");
  }

  @ParameterizedTest
  @MethodSource("crops")
  void cropOffset_torchvisionCenterCrop_isTheSame(JsonNode node) {
    int[] shape = ints(node.get("shape"));
    int size = node.get("size").asInt();
    assertThat(FitPlan.cropOffset(shape[0], size)).isEqualTo(node.get("expected_top").asInt());
    assertThat(FitPlan.cropOffset(shape[1], size)).isEqualTo(node.get("expected_left").asInt());
  }

  static List<JsonNode> normalisations() {
    return VectorCases.of("preprocess.json", "to_tensor_normalize");
  }

  @ParameterizedTest
  @MethodSource("normalisations")
  void preprocess_imagenetNormalisation_isWithin2Ulp(JsonNode node) {
    int[] shape = ints(node.get("shape"));
    PreprocessSettings settings =
        new PreprocessSettings(
            Resize.STRETCH,
            Interpolation.PILLOW_BILINEAR,
            Color.BGR, // the case's pixels are in the tensor's order already
            Layout.NCHW,
            1 / 255.0,
            Arrays.stream(doubles(node.get("mean"))).boxed().toList(),
            Arrays.stream(doubles(node.get("std"))).boxed().toList(),
            0);
    float[] expected = floats(node.get("expected_f32_nchw"));
    float[] actual =
        run(settings, mat(node.get("image_rgb"), node.get("shape")), shape[0], shape[1]);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(2e-6f));
    }
  }
}
