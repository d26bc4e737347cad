package io.stagemark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.head.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs, metadata, sidecars and the chain to a verdict on scores. */
final class InspectorTest {
  @TempDir private Path folder;

  private ModelInspection inspect(SignatureModel model, String... shapes)
      throws IOException, BadInputException {
    return Inspector.inspect(model.write(folder), List.of(shapes), Optional.empty());
  }

  private Problem problem(SignatureModel model, String... shapes) throws IOException {
    Path file = model.write(folder);
    return catchThrowableOfType(
            BadInputException.class,
            () -> Inspector.inspect(file, List.of(shapes), Optional.empty()))
        .problems()
        .get(0);
  }

  private static SignatureModel ultralytics() {
    return new SignatureModel()
        .metadata("author", "Ultralytics")
        .metadata("version", "8.3.205")
        .metadata("license", "AGPL-3.0 License (https://ultralytics.com/license)")
        .metadata("stride", "32")
        .metadata("task", "detect");
  }

  private static Fact<List<Long>> shape(ModelInspection found) {
    return found.inputs().get(0).shape();
  }

  @Test
  void inspect_dynamicExport_takesItsSidesFromTheMetadata() throws Exception {
    ModelInspection found =
        inspect(
            ultralytics()
                .metadata("imgsz", "[320, 480]")
                .metadata("names", "{0: 'cat', 1: 'dog'}")
                .input("images", "batch", "3", "height", "width")
                .output("output0", 1, 6, 40 * 60 + 20 * 30 + 10 * 15));
    assertThat(shape(found).value()).containsExactly(1L, 3L, 320L, 480L);
    assertThat(shape(found).grade()).isEqualTo(Grade.DERIVED); // the batch; the sides are stated
    assertThat(found.head().map(Head::family)).hasValue("yolov8");
    assertThat(found.names().map(Fact::value)).hasValue(List.of("cat", "dog"));
    assertThat(found.declared().metadata().licence()).isPresent();
    assertThat(found.scoreObstacles()).containsExactly("the preprocessing is assumed");
  }

  @Test
  void inspect_openSidesOfADetector_are640AndAssumed() throws Exception {
    ModelInspection found =
        inspect(new SignatureModel().input("images", "N", "3", "H", "W").output("o", 1, 25200, 85));
    assertThat(shape(found))
        .isEqualTo(Fact.assumed(List.of(1L, 3L, 640L, 640L), "N 1, H 640, W 640"));
    assertThat(found.scoreObstacles()).contains("the input's size is assumed");
  }

  @Test
  void inspect_openSidesOfAClassifier_are224() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("x", "batch_size", "num_channels", "height", "width")
                .output("logits", 1, 1000));
    assertThat(shape(found).value()).containsExactly(1L, 3L, 224L, 224L);
  }

  @Test
  void inspect_sequence_is128() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("input_ids", TensorProto.DataType.INT64, "batch_size", "sequence_length")
                .output("last_hidden_state", 1, 128, 384));
    assertThat(shape(found).value()).containsExactly(1L, 128L);
    assertThat(found.head().map(Head::family)).hasValue("token-embeddings");
  }

  @Test
  void inspect_sequenceOfAModelWithASampleRate_is512Samples() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("input", "batch", "sequence")
                .input("sr", TensorProto.DataType.INT64)
                .output("output", 1, 1));
    assertThat(shape(found).value()).containsExactly(1L, 512L);
    Problem problem =
        problem(
            new SignatureModel()
                .input("state", "2", "?", "128")
                .input("sr", TensorProto.DataType.INT64)
                .output("output", 1, 1));
    assertThat(problem.tryThis()).isEqualTo("--shape state=2x1x128");
  }

  @Test
  void inspect_axisThatNoNameFits_isRefusedWithTheLineToType() throws Exception {
    Problem problem =
        problem(new SignatureModel().input("x", "n", "3", "foo", "bar").output("o", 1, 25200, 85));
    assertThat(problem.found()).isEqualTo("axes [n, 3, foo, bar]");
    assertThat(problem.tryThis()).isEqualTo("--shape x=1x3x640x640");
  }

  @Test
  void inspect_givenShape_isTakenAsStated() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel().input("x", "n", "3", "foo", "bar").output("o", 1, 6300, 85),
            "x=1x3x320x320");
    assertThat(shape(found)).isEqualTo(Fact.stated(List.of(1L, 3L, 320L, 320L), "--shape"));
    assertThat(found.head().map(Head::family)).hasValue("yolov5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x=1x4x8x8 | extents that fit n×3×8×8, which the file fixes",
        "x=1x3x8 | extents that fit n×3×8×8, which the file fixes",
        "x=0x3x8x8 | extents of at least 1",
        "y=1x3x8x8 | one of the inputs x",
        "x | a name, an equals sign and extents",
        "x=1x-3 | a name, an equals sign and extents",
      })
  void inspect_shapeThatDoesNotFit_saysWhatDoes(String option, String expected) throws Exception {
    SignatureModel model = new SignatureModel().input("x", "n", "3", "8", "8").output("o", 1, 10);
    Problem problem = problem(model, option);
    assertThat(problem.where()).isEqualTo("--shape");
    assertThat(problem.expected()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "names | {0: 'a' 1: 'b'} | no comma between two entries, at character 8",
        "names | 3 | no list of names and no map from 0, 1, … to names",
        "names | {0: 'a', 2: 'b'} | no list of names and no map from 0, 1, … to names",
        "imgsz | [640, 'wide'] | no height and width in [1, 65536]",
        "imgsz | [0, 640] | no height and width in [1, 65536]",
        "stride | __import__('os') | '__import__', which is no literal, at character 0",
      })
  void inspect_metadataThatIsNotWhatItSays_isRefused(String key, String value, String found)
      throws Exception {
    Problem problem =
        problem(
            ultralytics()
                .metadata(key, value)
                .input("images", "1", "3", "640", "640")
                .output("output0", 1, 84, 8400));
    assertThat(problem.where()).endsWith("model.onnx: metadata '" + key + "'");
    assertThat(problem.found()).isEqualTo(found);
  }

  @Test
  void inspect_metadataOfAStranger_isANote() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .metadata("names", "cat;dog")
                .input("images", "1", "3", "640", "640")
                .output("output0", 1, 84, 8400));
    assertThat(found.notes())
        .containsExactly(
            "metadata 'names' is not used: 'cat', which is no literal, at character 0");
  }

  @Test
  void inspect_fewerNamesThanClasses_isRefused() throws Exception {
    Problem problem =
        problem(
            ultralytics()
                .metadata("names", "{0: 'a', 1: 'b'}")
                .input("images", "1", "3", "640", "640")
                .output("output0", 1, 84, 8400));
    assertThat(problem.found()).startsWith("2 names, and a head of 80 classes");
  }

  @Test
  void inspect_sidecarsOfHuggingFace_stateSizeNamesAndNormalisation() throws Exception {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architectures": ["ViTForImageClassification"], "image_size": 384,
         "id2label": {"0": "cat", "1": "dog", "2": "hen"}}
        """);
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": {"height": 384, "width": 384}, "resample": 2,
         "rescale_factor": 0.00392156862745098, "image_mean": [0.5, 0.5, 0.5],
         "image_std": [0.5, 0.5, 0.5]}
        """);
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("pixel_values", "batch_size", "num_channels", "height", "width")
                .output("logits", 1, 3));
    assertThat(shape(found).value()).containsExactly(1L, 3L, 384L, 384L);
    assertThat(found.names().map(Fact::source)).hasValue("config.json id2label");
    assertThat(found.preparation().orElseThrow().text())
        .isEqualTo("stretch, rgb, /255, mean 0.5 0.5 0.5, std 0.5 0.5 0.5");
    assertThat(found.preparation().orElseThrow().resize().grade()).isEqualTo(Grade.STATED);
    assertThat(found.preparation().orElseThrow().normalisation().grade()).isEqualTo(Grade.STATED);
    // the layout follows from the shape
    assertThat(found.preparation().orElseThrow().grade()).isEqualTo(Grade.DERIVED);
    assertThat(found.scoreObstacles()).isEmpty();
    assertThat(found.head().map(Head::grade)).hasValue(Grade.DERIVED);
  }

  @Test
  void inspect_sidecarsThatAreWrong_areNotes() throws Exception {
    Files.writeString(folder.resolve("config.json"), "{\"id2label\": ");
    Files.writeString(folder.resolve("preprocessor_config.json"), "[1]");
    Files.write(folder.resolve("labels.txt"), new byte[] {'a', '\n', (byte) 0xFF, '\n'});
    Files.writeString(folder.resolve("coco.names"), "a\nb\n");
    ModelInspection found =
        inspect(new SignatureModel().input("x", "1", "3", "224", "224").output("y", 1, 1000));
    assertThat(found.notes())
        .satisfiesExactlyInAnyOrder(
            note -> assertThat(note).startsWith("config.json:1 is not used: no JSON"),
            note ->
                assertThat(note).isEqualTo("preprocessor_config.json is not used: no JSON object"),
            note -> assertThat(note).startsWith("labels.txt:2 is not used"),
            note ->
                assertThat(note)
                    .isEqualTo("coco.names is not used: 2 names, and a head of 1000 classes"));
  }

  @Test
  void inspect_namesNextToTheFile_areThoseThatFitTheHead() throws Exception {
    Files.writeString(folder.resolve("a.names"), "x\ny\n");
    Files.writeString(folder.resolve("labels.txt"), "one\ntwo\nthree\n\n");
    ModelInspection found =
        inspect(new SignatureModel().input("x", "1", "3", "32", "32").output("y", 1, 3));
    assertThat(found.names()).hasValue(Fact.stated(List.of("one", "two", "three"), "labels.txt"));
  }

  @Test
  void inspect_normalisationInsideTheGraph_leavesNone() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("x", TensorProto.DataType.UINT8, "1", "32", "32", "3")
                .cast("x", "f")
                .output("y", 1, 10));
    assertThat(found.trace().firstSteps()).containsExactly("Cast");
    assertThat(found.preparation().orElseThrow().text())
        .isEqualTo("center-crop, rgb, nhwc, 0 to 255");
    assertThat(found.preparation().orElseThrow().normalisation().grade()).isEqualTo(Grade.DERIVED);
  }

  @ParameterizedTest
  @CsvSource({"255, 255", "10000, 10000", "127.5, 127.5", "100, 100", "0.00392157, 0.0039216"})
  void inspect_firstOperators_haveTheirNumbers(double divisor, String shown) throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("x", "1", "3", "32", "32")
                .step("Div", "x", divisor, "scaled")
                .output("y", 1, 10));
    assertThat(found.trace().firstSteps()).containsExactly("Div " + shown);
  }

  @Test
  void inspect_imageBehindItsSize_hasTheImagesFirstOperators() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("im_shape", "1", "2")
                .input("image", "1", "3", "32", "32")
                .step("Div", "im_shape", 32, "cells")
                .step("Sub", "image", 127.5, "centred")
                .output("y", 1, 10));
    assertThat(found.trace().firstSteps()).containsExactly("Sub 127.5");
  }

  @Test
  void inspect_openChannels_areNotStatedThoughTheSidesAre() throws Exception {
    ModelInspection found =
        inspect(
            ultralytics()
                .metadata("imgsz", "[32, 32]")
                .input("images", "1", "channels", "height", "width")
                .output("output0", 1, 6, 16 + 4 + 1));
    assertThat(shape(found).value()).containsExactly(1L, 3L, 32L, 32L);
    assertThat(shape(found).grade()).isEqualTo(Grade.DERIVED);
  }

  // YOLOv5 writes these two keys for its classifiers too, whose images it crops and normalises.
  @Test
  void inspect_classifierOfYolov5_isCroppedAndNormalised() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .metadata("stride", "32")
                .metadata("names", "{0: 'a', 1: 'b', 2: 'c'}")
                .input("images", "1", "3", "224", "224")
                .output("output0", 1, 3));
    assertThat(found.preparation().orElseThrow().text())
        .isEqualTo("center-crop, rgb, /255, ImageNet mean and std");
  }

  @Test
  void inspect_nameWithSpaces_isQuotedInTheAdvice() throws Exception {
    SignatureModel model =
        new SignatureModel().input("an x", "1", "3", "8", "8").output("o", 1, 10);
    assertThat(problem(model, "an x=1x3x9x9").tryThis()).isEqualTo("--shape 'an x=1x3x8x8'");
  }

  @Test
  void inspect_twoHeadsOfOneShape_asksWhichUnlessItIsStated() throws Exception {
    SignatureModel model =
        new SignatureModel().input("images", "1", "3", "640", "640").output("o", 1, 300, 6);
    assertThat(inspect(model).recognition().isAmbiguous()).isTrue();
    Path file = model.write(folder);
    ModelInspection chosen = Inspector.inspect(file, List.of(), Optional.of("yolov10"));
    assertThat(chosen.head().map(Head::grade)).hasValue(Grade.STATED);
    Problem problem =
        catchThrowableOfType(
                BadInputException.class,
                () -> Inspector.inspect(file, List.of(), Optional.of("yolox")))
            .problems()
            .get(0);
    assertThat(problem.expected())
        .isEqualTo("one that fits the outputs: yolov10, rtdetr-ultralytics");
  }
}
