package io.stagemark.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.stagemark.config.Catalog;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.engine.Engine;
import io.stagemark.inspect.Inspector;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.SignatureModel;
import io.stagemark.report.Reporter;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drafted is read as any config is: the card fits the file and its own decoder. */
final class ModelDraftTest {
  private static final Path PHOTOGRAPHS = Path.of("configs/data/quickstart").toAbsolutePath();
  private static final RunShape SHAPE = new RunShape(List.of("onnxruntime"), 1, 1, 20);

  @TempDir Path folder;

  private RunConfig read(ModelInspection found, RunShape shape)
      throws BadInputException, IOException {
    ModelDraft draft =
        ModelDraft.of(
            found,
            new ModelDraft.Places(
                found.file().toAbsolutePath().toString(),
                "./model.yaml",
                PHOTOGRAPHS.toString(),
                Optional.empty()),
            shape);
    Files.writeString(folder.resolve("model.yaml"), draft.card());
    if (draft.classes().isPresent()) {
      Files.writeString(folder.resolve("classes.txt"), draft.classes().get());
    }
    Path config = Files.writeString(folder.resolve("run.yaml"), draft.config());
    ClassLoader loader = getClass().getClassLoader();
    return new ConfigReader(
            new Catalog(
                Registry.discover(Engine.class, loader),
                Registry.discover(Task.class, loader),
                Registry.discover(Reporter.class, loader).names(),
                folder,
                folder.resolve("reports"),
                List.of()))
        .read(config, List.of("measure.allowOversubscription=true"));
  }

  private ModelInspection inspect(SignatureModel model, String... head)
      throws BadInputException, IOException {
    Path file = folder.resolve("some model.onnx");
    Files.write(file, model.bytes());
    return Inspector.inspect(
        file, List.of(), head.length > 0 ? Optional.of(head[0]) : Optional.empty());
  }

  private static SignatureModel images(int side) {
    return new SignatureModel().input("images", "1", "3", "" + side, "" + side);
  }

  private ModelCard card(SignatureModel model) throws BadInputException, IOException {
    return read(inspect(model), SHAPE).cases().get(0).model();
  }

  @Test
  void of_yolov8_hasItsDecoderAndAClassForEachRow() throws Exception {
    RunConfig config = read(inspect(images(640).output("output0", 1, 84, 8400)), SHAPE);
    ModelCard card = config.cases().get(0).model();
    assertThat(card.task().decoder().orElseThrow().type()).isEqualTo("yolov8");
    assertThat(card.task().labels().names()).hasSize(80).startsWith("class-0", "class-1");
    assertThat(card.task().preprocess().orElseThrow().padValue()).isEqualTo(114);
    assertThat(config.dataset().format()).isEqualTo("images");
    assertThat(config.dataset().path()).isEqualTo(PHOTOGRAPHS);
    assertThat(config.name()).isEqualTo("some-model");
    assertThat(config.measure().goal().maxMinutes()).isEqualTo(0.333);
  }

  @Test
  void of_openBatch_isFreeInTheCard() throws Exception {
    SignatureModel model =
        new SignatureModel()
            .input("images", "batch", "3", "640", "640")
            .output("output0", 1, 25200, 85);
    RunConfig config = read(inspect(model), new RunShape(List.of("onnxruntime"), 1, 4, 0));
    assertThat(config.cases().get(0).batch()).isEqualTo(4);
    assertThat(config.cases().get(0).model().outputs(4).get(0).shape())
        .containsExactly(4L, 25200L, 85L);
  }

  @Test
  void of_classifierWithoutSoftmax_appliesIt() throws Exception {
    ModelCard card = card(images(224).output("logits", 1, 1000));
    assertThat(card.task().task()).isEqualTo("classification");
    assertThat(card.task().activations()).containsOnlyKeys("logits");
    assertThat(card(images(224).ending("Softmax", "p", 1, 1000)).task().activations()).isEmpty();
  }

  @Test
  void of_segmentation_hasADecoderThatTheTaskKnows() throws Exception {
    ModelCard card = card(images(256).output("out", 1, 21, 256, 256));
    assertThat(card.task().task()).isEqualTo("segmentation");
    assertThat(card.task().decoder().orElseThrow().type()).isEqualTo("classification");
  }

  // Boxes are in pixels of the size that the second input gives: the model's own.
  @Test
  void of_rtdetr_fixesTheSizesAndTakesPhotographs() throws Exception {
    SignatureModel model =
        images(640)
            .input("orig_target_sizes", TensorProto.DataType.INT64, "1", "2")
            .integers("labels", 1, 300)
            .output("boxes", 1, 300, 4)
            .output("scores", 1, 300);
    RunConfig config = read(inspect(model), SHAPE);
    ModelCard card = config.cases().get(0).model();
    assertThat(card.task().task()).isEqualTo("detection");
    assertThat(card.task().decoder().orElseThrow().type()).isEqualTo("selected");
    assertThat(card.task().labels().size()).isEqualTo(91); // the file does not say how many
    assertThat(card.inputs().get(1).value()).containsExactly(640.0, 640.0);
    assertThat(config.dataset().format()).isEqualTo("images");
  }

  // An example fills the image alone: the other input cannot be drawn, and the comment says so.
  @Test
  void of_imageAndIds_holdsTheIdsAtZero() throws Exception {
    SignatureModel model =
        images(640)
            .input("domain", TensorProto.DataType.INT64, "1")
            .table("domain", 7, 4)
            .output("output0", 1, 84, 8400);
    ModelInspection found = inspect(model);
    assertThat(read(found, SHAPE).cases().get(0).model().inputs().get(1).value())
        .containsExactly(0.0);
    assertThat(Files.readString(folder.resolve("model.yaml")))
        .contains(
            "value: [0]} # stated (the file); always 0, assumed: check (an example is an image)")
        .doesNotContain("random");
  }

  @Test
  void of_text_drawsIdsBelowTheTableAndMasksOfOnes() throws Exception {
    SignatureModel model =
        new SignatureModel()
            .input("input_ids", TensorProto.DataType.INT64, "batch_size", "sequence_length")
            .input("attention_mask", TensorProto.DataType.INT64, "batch_size", "sequence_length")
            .table("input_ids", 30522, 8)
            .output("last_hidden_state", 1, 128, 8);
    RunConfig config = read(inspect(model), SHAPE);
    ModelCard card = config.cases().get(0).model();
    assertThat(config.dataset().format()).isEqualTo("random");
    assertThat(card.inputs().get(0).range().orElseThrow().highest()).isEqualTo(30521);
    assertThat(card.inputs().get(1).value()).containsExactly(1.0);
  }

  @Test
  void of_severalHeads_asksForOne() throws Exception {
    ModelInspection found = inspect(images(640).output("out", 1, 300, 6));
    assertThat(found.recognition().isAmbiguous()).isTrue();
    assertThatThrownBy(() -> read(found, SHAPE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("several heads fit its outputs")
        .hasMessageContaining("--head yolov10")
        .hasMessageContaining("--head none");
  }

  @Test
  void of_headNone_isTheForwardAlone() throws Exception {
    RunConfig config = read(inspect(images(640).output("out", 1, 300, 6), "none"), SHAPE);
    assertThat(config.cases().get(0).model().task().task()).isEqualTo("tensors");
    assertThat(config.dataset().format()).isEqualTo("images");
  }

  @Test
  void of_typeThatNoCardHas_isRefused() throws Exception {
    ModelInspection found =
        inspect(
            new SignatureModel()
                .input("text", TensorProto.DataType.STRING, "1")
                .output("out", 1, 4));
    assertThatThrownBy(() -> read(found, SHAPE))
        .hasMessageContaining("input 'text'")
        .hasMessageContaining("elements of type string");
  }

  @Test
  void of_namesWithQuotesAndColons_areReadAgain() throws Exception {
    SignatureModel model =
        new SignatureModel()
            .input("in:\"a\"#1", "1", "3", "640", "640")
            .output("-out", 1, 84, 8400)
            .metadata("license", "yes: # \"no\"\n- x");
    ModelCard card = card(model);
    assertThat(card.inputs().get(0).name()).isEqualTo("in:\"a\"#1");
    assertThat(card.outputs().get(0).name()).isEqualTo("-out");
  }

  @Test
  void of_namesThatAreEmptyOrTwice_getTheirNumber() throws Exception {
    SignatureModel model =
        images(64)
            .output("output0", 1, 8, 84)
            .metadata("names", "{0: 'cat', 1: '', 2: 'cat', 3: 'a\\nb'}");
    assertThat(card(model).task().labels().names())
        .containsExactly("cat", "class-1", "cat-2", "a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b.onnx", "ü.onnx", ".onnx", "x..onnx", "0.pt", "model"})
  void name_anyFile_isAFolderName(String file) {
    assertThat(ModelDraft.name(Path.of(file)))
        .matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?");
  }
}
