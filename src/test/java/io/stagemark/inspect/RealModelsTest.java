package io.stagemark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.BadInputException;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.head.Head;
import io.stagemark.testdata.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of real models: those of the repository, and those that may not be committed. */
final class RealModelsTest {
  private static ModelInspection inspect(Path file, @Nullable String shapes)
      throws BadInputException {
    List<String> options = shapes == null ? List.of() : Arrays.asList(shapes.strip().split(" +"));
    return Inspector.inspect(file, options, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blazeface-back/blazeface_back_256.onnx | | blazeface | blazeface | 1 | DERIVED",
        "centernet-mbv3-coco/centernet_mbv3_coco_512.onnx | | centernet | centernet | 80 | DERIVED",
        "centernet-mbv3-coco/centernet_mbv3_coco_512.pt | | centernet | centernet | 80 | DERIVED",
        "ppocr-orientation/ch_ppocr_mobile_v2.0_cls_infer.onnx"
            + " | x=1x3x48x192 | classifier | classification | 2 | DERIVED",
        "ppocrv3-text-detection/ch_PP-OCRv3_det_infer.onnx"
            + " | x=1x3x640x640 | text-map | text-map | 1 | DERIVED",
        // its sigmoid is in the branches of an If
        "silero-vad/silero_vad_16k_op15.onnx | input=1x576 | binary | binary | 1 | ASSUMED",
      })
  void inspect_modelOfTheRepository_isWhatItsCardSays(
      String file, @Nullable String shapes, String family, String decoder, int classes, Grade grade)
      throws BadInputException {
    Head head = inspect(Path.of("models").resolve(file), shapes).head().orElseThrow();
    assertThat(head.family()).isEqualTo(family);
    assertThat(head.decoder()).hasValue(decoder);
    assertThat(head.classes()).hasValue(classes);
    assertThat(head.grade()).isEqualTo(grade);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yolox_nano_416.onnx | yolox | 1×3×416×416",
        "yolox_nano_416.pt | yolox | 1×3×416×416",
        "nanodet_m_416.onnx | nanodet | 1×3×416×416",
        "nanodet_m_416.pt | nanodet | 1×3×416×416",
        "emotion_64.onnx | classifier | 1×1×64×64",
        "light_densenet121.onnx | classifier | 1×3×224×224",
        "light_squeezenet.onnx | classifier | 1×3×224×224",
      })
  void inspect_sharedModel_isWhatItsReadmeSays(String file, String family, String shape)
      throws BadInputException {
    ModelInspection found = inspect(SharedFolder.require("models/" + file), null);
    assertThat(found.head().map(Head::family)).hasValue(family);
    assertThat(io.stagemark.inspect.fact.Shapes.text(found.inputs().get(0).shape().value()))
        .isEqualTo(shape);
  }

  /** Ultralytics writes the metadata of a TorchScript file as JSON next to its code. */
  @Test
  void inspect_torchScriptWithConfigText_takesItsMetadata(@TempDir Path folder) throws Exception {
    String names =
        IntStream.range(0, 80)
            .mapToObj(i -> "\"%d\": \"class %d\"".formatted(i, i))
            .collect(Collectors.joining(", ", "{", "}"));
    String config =
        "{\"author\": \"Ultralytics\", \"imgsz\": [512, 512], \"names\": %s}".formatted(names);
    ModelInspection found = inspect(withConfig(folder, config), null);
    assertThat(found.declared().metadata().isUltralytics()).isTrue();
    assertThat(found.inputs().get(0).shape().value()).containsExactly(1L, 3L, 512L, 512L);
    assertThat(found.names().orElseThrow().value()).hasSize(80).contains("class 79");
  }

  @Test
  void inspect_torchScriptWithConfigThatIsNoJson_isRefused(@TempDir Path folder) throws Exception {
    Path file = withConfig(folder, "{\"author\": ");
    BadInputException refusal =
        catchThrowableOfType(BadInputException.class, () -> inspect(file, null));
    assertThat(refusal.problems().get(0).found()).startsWith("extra/config.txt");
  }

  private static Path withConfig(Path folder, String config) throws IOException {
    Path copy = folder.resolve("model.torchscript");
    try (ZipFile from = new ZipFile("models/centernet-mbv3-coco/centernet_mbv3_coco_512.pt");
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
      String root = "";
      for (ZipEntry entry : from.stream().toList()) {
        root = entry.getName().substring(0, entry.getName().indexOf('/'));
        to.putNextEntry(new ZipEntry(entry.getName()));
        from.getInputStream(entry).transferTo(to);
      }
      to.putNextEntry(new ZipEntry(root + "/extra/config.txt"));
      to.write(config.getBytes(StandardCharsets.UTF_8));
    }
    return copy;
  }
}
