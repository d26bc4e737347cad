package io.stagemark.flops.onnx;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shapes that follow from what an input holds: from the file's own word, from a run, or not. */
final class UnknownDataTest {
  private static TinyModel topK() {
    return new TinyModel()
        .opset(13)
        .input("x", 2, 8)
        .input("k", DataType.INT64, 1)
        .node("TopK", "x k", "values indices");
  }

  // the file declares 3 of 8: a heap of 4 places, 2 levels: 2*8*2 comparisons
  @Test
  void count_declaredOutput_isTakenAndSaid() throws BadInputException {
    TinyModel model = topK();
    model.graph().addOutput(TinyModel.value("values", DataType.FLOAT, 2, 3));

    OperationCount count = model.count();

    assertThat(count.total().comparisons()).isEqualTo(32);
    assertThat(count.complete()).isTrue();
    assertThat(count.shapesFrom()).isEqualTo("inference");
    assertThat(count.warnings()).singleElement().asString().contains("declares", "TopK_0");
  }

  // another batch than the declared one: what is declared of it does not hold
  @Test
  void count_declaredOutputOfAnotherBatch_isNotTaken() throws BadInputException {
    TinyModel model = topK();
    model.graph().addOutput(TinyModel.value("values", DataType.FLOAT, 2, 3));

    OperationCount count =
        model.count(
            Map.of("x", ModelInput.zeros(List.of(6L, 8L)), "k", ModelInput.filled(List.of(1L), 5)));

    assertThat(count.perOp().get(0).outputShapes().get(0)).containsExactly(6L, 5L);
    assertThat(count.complete()).isTrue();
  }

  // nothing declared, nothing given: whatever k a run is given, the count is that of that k
  @Test
  void count_numberThatNobodyGave_isNotComplete() throws BadInputException {
    OperationCount count = topK().output("values").count();

    assertThat(count.complete()).isFalse();
    assertThat(topK().output("values").count(Map.of("k", ModelInput.filled(List.of(1L), 5))))
        .satisfies(given -> assertThat(given.complete()).isTrue())
        .satisfies(given -> assertThat(given.total().comparisons()).isEqualTo(2 * 8 * 3));
  }

  @Test
  void inferred_numberThatNobodyGave_isTakenForZeroAndNotComplete(@TempDir Path folder)
      throws IOException, BadInputException {
    Path file = folder.resolve("m.onnx");
    Files.write(file, topK().output("values").model().build().toByteArray());

    OperationCount count = OnnxFlops.inferred(file, Map.of());

    assertThat(count.complete()).isFalse();
  }

  // inverse and one-sided over axis 1, which is data: 6 bins give 10 points
  @Test
  void count_transformOverAnAxisThatIsData_endsByTheDeclaredShape() throws BadInputException {
    TinyModel model =
        new TinyModel()
            .opset(20)
            .input("x", 1, 6, 10, 2)
            .input("axis", DataType.INT64)
            .node("DFT", "x - axis", "y", attribute("inverse", 1), attribute("onesided", 1));
    model.graph().addOutput(TinyModel.value("y", DataType.FLOAT, 1, 10, 10, 1));

    OperationCount count = model.count();

    // 10 transforms of 10 points: 2.5 * 10 * log2 10 each
    assertThat(count.total().elementwise()).isEqualTo(830);
    assertThat(count.complete()).isTrue();
  }

  @Test
  void count_inputsWithoutAShape_areNamedTogether() {
    TinyModel model = new TinyModel();
    for (String name : List.of("q", "k")) {
      model
          .graph()
          .addInputBuilder()
          .setName(name)
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .setElemType(DataType.FLOAT_VALUE);
    }
    model.node("MatMul", "q k", "y").output("y");

    assertThatThrownBy(model::count)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("input 'q', 'k'")
        .hasMessageContaining("no shape")
        .hasMessageContaining("--input q=... --input k=...");
  }

  @Test
  void count_inputWithoutAShapeThatIsGiven_isCounted() throws BadInputException {
    TinyModel model = new TinyModel();
    model
        .graph()
        .addInputBuilder()
        .setName("q")
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT_VALUE);
    OperationCount count =
        model
            .weight("w", 4, 4)
            .node("MatMul", "q w", "y")
            .output("y")
            .count(Map.of("q", ModelInput.zeros(List.of(3L, 4L))));

    assertThat(count.macs()).isEqualTo(48);
  }

  @Test
  void count_extentBelowZero_isRefused() {
    TinyModel model =
        new TinyModel()
            .opset(13)
            .integers("sizes", 2, -4)
            .node("ConstantOfShape", "sizes", "y")
            .output("y");

    assertThatThrownBy(model::count)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("ConstantOfShape_0")
        .hasMessageContaining("-4");
  }

  // a sequence cannot be made up: what it holds is not counted, and it says why
  @Test
  void count_inputThatIsASequence_isNotCountedForThatReason() throws BadInputException {
    TinyModel model = new TinyModel().opset(13);
    model
        .graph()
        .addInputBuilder()
        .setName("s")
        .getTypeBuilder()
        .getSequenceTypeBuilder()
        .getElemTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT_VALUE);
    OperationCount count =
        model
            .scalar("first", 0)
            .node("SequenceAt", "s first", "a")
            .node("Exp", "a", "y")
            .output("y")
            .count();

    assertThat(count.complete()).isFalse();
    assertThat(count.warnings()).anyMatch(warning -> warning.contains("'s': a sequence"));
  }
}
