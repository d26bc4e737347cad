package io.stagemark.engine.onnxruntime;

import static io.stagemark.engine.TinyModels.float32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.TinyModels;
import io.stagemark.flops.onnx.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that declare output shapes which the model does not keep. */
final class OutputShapesTest {
  private static final OnnxRuntimeEngine ONNX = new OnnxRuntimeEngine();

  @TempDir Path folder;

  /** Writes a model that adds 1, [n, 3] to [n, 3], and declares [1, 3]. */
  private Path addedOne() throws IOException {
    ModelProto.Builder model = new TinyModel().weight("one").node("Add", "x one", "y").model();
    var input = TinyModel.value("x", DataType.FLOAT, 1, 3).toBuilder();
    input
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimParam("n");
    model.getGraphBuilder().addInput(input).addOutput(TinyModel.value("y", DataType.FLOAT, 1, 3));
    return write(model);
  }

  private Path write(ModelProto.Builder model) throws IOException {
    return Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
  }

  private static LoadedModel load(Path file, TensorSpec input, TensorSpec output)
      throws EngineException {
    ModelFile model = new ModelFile("m", Optional.of(file), List.of(input), List.of(output));
    return ONNX.load(model, TinyModels.settings(ONNX, Device.CPU));
  }

  @Test
  void newSession_cardThatKnowsBetterThanTheFile_isFollowed() throws Exception {
    try (LoadedModel model = load(addedOne(), float32("x", 2, 3), float32("y", 2, 3));
        EngineSession session = model.newSession()) {
      assertThat(session.outputs()).containsExactly(float32("y", 2, 3));
      TinyModels.fill(session, 0, 1, 2, 3, 4, 5, 6);
      session.forward();
      assertThat(TinyModels.floats(session, 0)).containsExactly(2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void newSession_cardThatLeavesTheExtentOpen_takesWhatComes() throws Exception {
    try (LoadedModel model = load(addedOne(), float32("x", 2, 3), float32("y", -1, 3));
        EngineSession session = model.newSession()) {
      assertThat(session.outputs()).containsExactly(float32("y", -1, 3));
      session.forward();
      assertThat(session.output(0).spec()).isEqualTo(float32("y", 2, 3));
    }
  }

  @Test
  void newSession_openExtentThatTheFileHasRight_isTheFiles() throws Exception {
    try (LoadedModel model = load(addedOne(), float32("x", 1, 3), float32("y", -1, 3));
        EngineSession session = model.newSession()) {
      assertThat(session.outputs()).containsExactly(float32("y", 1, 3));
    }
  }

  @Test
  void newSession_cardThatIsWrongToo_namesTheShapeOfTheRun() throws Exception {
    try (LoadedModel model = load(addedOne(), float32("x", 2, 3), float32("y", 4, 3))) {
      EngineException refused = catchThrowableOfType(EngineException.class, model::newSession);
      assertThat(refused)
          .hasMessageContaining("found:    the model's output y float32[2, 3]")
          .hasMessageContaining("expected: y float32[4, 3], as the model card");
    }
  }

  @Test
  void forward_cardThatRepeatsTheFilesMistake_namesTheLineToWrite() throws Exception {
    try (LoadedModel model = load(addedOne(), float32("x", 2, 3), float32("y", 1, 3));
        EngineSession session = model.newSession()) {
      EngineException failed = catchThrowableOfType(EngineException.class, session::forward);
      assertThat(failed)
          .hasMessageContaining("found:    output 'y' of shape [2, 3] in this run")
          .hasMessageContaining("expected: y float32[1, 3], as the card or the file says")
          .hasMessageContaining("{name: y, …, shape: [2, 3]}");
    }
  }

  // which values are not 0 depends on the data: zeros have none, 4 values all
  @Test
  void forward_shapeThatDependsOnTheData_isNotHeldToTheFirstRun() throws Exception {
    ModelProto.Builder model = new TinyModel().input("x", 4).node("NonZero", "x", "where").model();
    model.getGraphBuilder().addOutput(TinyModel.value("where", DataType.INT64, 1, 4));
    TensorSpec where = new TensorSpec("where", ElementType.INT64, List.of(1L, -1L));
    try (LoadedModel loaded = load(write(model), float32("x", 4), where);
        EngineSession session = loaded.newSession()) {
      session.forward();
      assertThat(session.output(0).spec().shape()).containsExactly(1L, 0L);
      TinyModels.fill(session, 0, 0, 7, 0, 7);
      session.forward();
      assertThat(session.output(0).longs().get(0)).isEqualTo(1);
      assertThat(session.output(0).longs().get(1)).isEqualTo(3);
    }
  }
}
