package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.TinyModel;
import org.junit.jupiter.api.Test;

/** Attention in its forms, each worked by hand from the rules of docs/flops.md. */
final class AttentionOperatorsTest {

  /** Softmax of rows of n: 3n - 1 elementwise, n special, n - 1 comparisons each. */
  private static Operations softmax(long rows, long n) {
    return Operations.of(3 * n - 1, n, n - 1).times(rows);
  }

  // B 2, Sq 4, 6 query heads of 5 on 3 key heads, Skv 7: 2*6*4*7 = 336 scores of 5 + 5
  @Test
  void count_groupedQueriesInThreeAxes_countQueryHeads() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .opset(23)
            .input("q", 2, 4, 30)
            .input("k", 2, 7, 15)
            .input("v", 2, 7, 15)
            .node(
                "Attention",
                "q k v",
                "y",
                attribute("q_num_heads", 6),
                attribute("kv_num_heads", 3))
            .output("y")
            .count();

    assertThat(count.total())
        .isEqualTo(Operations.ofMacs(336 * 10).plus(softmax(48, 7)).plus(Operations.of(336, 0, 0)));
    assertThat(count.perOp().get(0).outputShapes().get(0)).containsExactly(2L, 4L, 30L);
  }

  // one query, 3 new keys behind 9 cached ones: Skv 12; scale and mask 1*2*1*12 each
  @Test
  void count_pastKeys_areCounted() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .opset(23)
            .input("q", 1, 2, 1, 8)
            .input("k", 1, 2, 3, 8)
            .input("v", 1, 2, 3, 8)
            .input("mask", 1, 12)
            .input("pk", 1, 2, 9, 8)
            .input("pv", 1, 2, 9, 8)
            .node("Attention", "q k v mask pk pv", "y newk newv")
            .output("y")
            .count();

    assertThat(count.total())
        .isEqualTo(Operations.ofMacs(24 * 16).plus(softmax(2, 12)).plus(Operations.of(48, 0, 0)));
  }

  // [1, 5, 12], 3 heads of 4: 3 * 60 elements; a quarter rotated in the second
  @Test
  void count_rotaryEmbedding_countsRotatedElements() throws BadInputException {
    TinyModel all = rotary();
    assertThat(all.output("y").count().total()).isEqualTo(Operations.of(180, 0, 0));
    TinyModel half = rotary(attribute("rotary_embedding_dim", 2));
    assertThat(half.output("y").count().total()).isEqualTo(Operations.of(90, 0, 0));
  }

  private static TinyModel rotary(ai.onnx.proto.OnnxMl.AttributeProto... more) {
    TinyModel model =
        new TinyModel().opset(23).input("x", 1, 5, 12).weight("cos", 5, 2).weight("sin", 5, 2);
    var attributes = new java.util.ArrayList<>(java.util.List.of(attribute("num_heads", 3)));
    attributes.addAll(java.util.List.of(more));
    return model.node(
        "RotaryEmbedding",
        "x cos sin",
        "y",
        attributes.toArray(ai.onnx.proto.OnnxMl.AttributeProto[]::new));
  }

  // com.microsoft: [2, 4, 6] by W [6, 18] of 3 heads of 2: projection 2*4*6*18, core 2*3*16*(2+2)
  @Test
  void count_attentionWithProjection_countsProjectionBiasAndCore() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 2, 4, 6)
            .weight("w", 6, 18)
            .weight("b", 18)
            .node("com.microsoft.Attention", "x w b", "y", attribute("num_heads", 3))
            .output("y")
            .count();

    assertThat(count.total())
        .isEqualTo(
            Operations.ofMacs(864 + 384).plus(softmax(24, 4)).plus(Operations.of(144, 0, 0)));
  }

  // no projection: 2 heads of 4 over Sq 3, Skv 5: 30 scores of 8
  @Test
  void count_multiHeadAttention_hasNoProjection() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("q", 1, 3, 8)
            .input("k", 1, 5, 8)
            .input("v", 1, 5, 8)
            .node("com.microsoft.MultiHeadAttention", "q k v", "y", attribute("num_heads", 2))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.ofMacs(240).plus(softmax(6, 5)));
  }

  // 4 query heads of 2 on 2 key heads, 6 tokens, rotated: scores 4*6*6 of 4;
  // 3 for each of 48 + 24 elements
  @Test
  void count_groupQueryAttention_countsRotation() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("q", 1, 6, 8)
            .input("k", 1, 6, 4)
            .input("v", 1, 6, 4)
            .raw("lens", DataType.INT32, 4, 1)
            .raw("total", DataType.INT32, 4)
            .node(
                "com.microsoft.GroupQueryAttention",
                "q k v - - lens -",
                "y pk pv",
                attribute("num_heads", 4),
                attribute("kv_num_heads", 2),
                attribute("do_rotary", 1))
            .output("y")
            .count();

    assertThat(count.total())
        .isEqualTo(Operations.ofMacs(144 * 4).plus(softmax(24, 6)).plus(Operations.of(216, 0, 0)));
    assertThat(count.validMacs()).isEqualTo(24 * 7 * 4 / 2);
  }
}
