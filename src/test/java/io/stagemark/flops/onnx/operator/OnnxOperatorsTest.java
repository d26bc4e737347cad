package io.stagemark.flops.onnx.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of operators. */
final class OnnxOperatorsTest {

  private static Node node(String domain, String type) {
    NodeProto proto = NodeProto.newBuilder().setDomain(domain).setOpType(type).build();
    return new Node(proto, "n", 22, Map.of());
  }

  @Test
  void cost_ofOperatorsOfEveryFamily_isThere() {
    assertThat(OnnxOperators.counted())
        .contains("LayerNormalization", "com.microsoft.FusedConv", "LSTM", "ai.onnx.ml.Scaler")
        .doesNotContain("MaxRoiPool", "com.microsoft.GatherBlockQuantized");
    assertThat(OnnxOperators.cost(node("", "LSTM"))).isPresent();
    assertThat(OnnxOperators.hasShapes(node("", "LSTM"))).isTrue();
    assertThat(OnnxOperators.cost(node("", "MaxRoiPool"))).isEmpty();
    assertThat(OnnxOperators.hasShapes(node("", "MaxRoiPool"))).isTrue();
  }

  // com.microsoft.Add is not registered by itself; com.microsoft.nchwc shares nothing with ai.onnx
  @Test
  void cost_ofAnotherDomain_isThatOfAiOnnxWhereTheDomainSharesIt() {
    assertThat(OnnxOperators.cost(node("com.microsoft", "Add"))).isPresent();
    assertThat(OnnxOperators.cost(node("com.microsoft.nchwc", "Add"))).isEmpty();
    assertThat(OnnxOperators.cost(node("com.microsoft.nchwc", "MaxPool"))).isPresent();
  }

  @Test
  void isView_ofAnotherDomain_isFalse() {
    assertThat(OnnxOperators.isView(node("", "Reshape"))).isTrue();
    assertThat(OnnxOperators.isView(node("com.microsoft", "Reshape"))).isFalse();
    assertThat(OnnxOperators.isView(node("", "Transpose"))).isFalse();
  }

  @Test
  void byName_ofAnOperatorThatAnotherFamilyHas_throws() {
    List<OnnxOperator> twice =
        OnnxOperator.join(ConvolutionOperators.all(), ConvolutionOperators.all());

    assertThatThrownBy(() -> OnnxOperators.byName(twice))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'Conv'");
  }

  @Test
  void constants_areByPosition() {
    ConstantInputs batch = OnnxOperators.constants("BatchNormalization");

    assertThat(batch.use(0)).isEmpty();
    assertThat(batch.use(1)).contains(Origin.ConstantUse.WEIGHT);
    assertThat(batch.use(4)).contains(Origin.ConstantUse.STATISTIC);
    assertThat(OnnxOperators.constants("LSTM").use(4)).contains(Origin.ConstantUse.SETTING);
    assertThat(OnnxOperators.constants("Relu")).isEqualTo(ConstantInputs.NONE);
  }
}
