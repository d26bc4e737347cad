package io.stagemark.flops.onnx.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.ShapeRule;
import org.junit.jupiter.api.Test;

/** Operators that are registered whole. */
final class OnnxOperatorsTest {

  @Test
  void all_areInTheTablesOfShapesAndCosts() {
    OperatorTable<ShapeRule> shapes = new OperatorTable<>();
    OperatorTable<CostRule> costs = new OperatorTable<>();
    OnnxOperators.registerShapes(shapes);
    OnnxOperators.registerCosts(costs);

    assertThat(shapes.names()).contains("LayerNormalization", "com.microsoft.FusedConv", "LSTM");
    assertThat(costs.names()).hasSize(shapes.names().size() - 1).doesNotContain("MaxRoiPool");
  }

  @Test
  void registerShapes_ofAnOperatorThatAnotherFamilyHas_throws() {
    OperatorTable<ShapeRule> shapes = new OperatorTable<>();
    shapes.put("DeformConv", call -> call.inputs());

    assertThatThrownBy(() -> OnnxOperators.registerShapes(shapes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'DeformConv'");
  }

  @Test
  void constants_areByPosition() {
    ConstantInputs batch = OnnxOperators.constants("BatchNormalization");

    assertThat(batch.use(0)).isEmpty();
    assertThat(batch.use(1)).contains(Origin.Use.WEIGHT);
    assertThat(batch.use(4)).contains(Origin.Use.STATISTIC);
    assertThat(OnnxOperators.constants("LSTM").use(4)).contains(Origin.Use.SETTING);
    assertThat(OnnxOperators.constants("Relu")).isEqualTo(ConstantInputs.NONE);
  }
}
