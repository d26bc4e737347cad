package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.TinyModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which products of an attention are not masked; heads of 8, so 16 MACs a pair. */
final class AttentionMaskingTest {
  private static TinyModel model(long queries, long keys) {
    return new TinyModel()
        .opset(25)
        .input("q", 1, 1, queries, 8)
        .input("k", 1, 1, keys, 8)
        .input("v", 1, 1, keys, 8);
  }

  private static OperationCount count(TinyModel model, String inputs, AttributeProto... attributes)
      throws BadInputException {
    return model.node("Attention", inputs, "y", attributes).output("y").count();
  }

  // no past: query i sees keys j <= i: 1+2+3+4 = 10 of 24; 1+2+3+4+4+4 = 18 of 24
  @ParameterizedTest
  @CsvSource({"4, 6, 160", "6, 4, 288"})
  void count_causalOverOtherKeys_isAlignedAtTheFirstKey(long queries, long keys, long valid)
      throws BadInputException {
    OperationCount count = count(model(queries, keys), "q k v", attribute("is_causal", 1));

    assertThat(count.macs()).isEqualTo(24 * 16);
    assertThat(count.validMacs()).isEqualTo(valid);
    assertThat(count.complete()).isTrue();
  }

  // 5 cached keys: the 3 queries see 6, 7 and 8 of the 5 + 4
  @Test
  void count_causalBehindAPast_isShiftedByThePast() throws BadInputException {
    TinyModel model = model(3, 4).input("pk", 1, 1, 5, 8).input("pv", 1, 1, 5, 8);
    OperationCount count = count(model, "q k v - pk pv", attribute("is_causal", 1));

    assertThat(count.macs()).isEqualTo(3 * 9 * 16);
    assertThat(count.validMacs()).isEqualTo((6 + 7 + 8) * 16);
  }

  // causal with 2 keys to the left: 1+2+3+3; one to the left, two to the right of 5: 3+4+4+3+2
  @Test
  void count_slidingWindow_countsWhatItHolds() throws BadInputException {
    OperationCount causal =
        count(model(4, 6), "q k v", attribute("is_causal", 1), attribute("left_window_size", 2));
    OperationCount both =
        count(
            model(5, 5),
            "q k v",
            attribute("left_window_size", 1),
            attribute("right_window_size", 2));

    assertThat(causal.validMacs()).isEqualTo(9 * 16);
    assertThat(both.validMacs()).isEqualTo((3 + 4 + 4 + 3 + 2) * 16);
  }

  // lengths 3 and 4 of 4 keys, 2 queries: they stand at 1, 2 and at 2, 3: 2 + 3, and 3 + 4
  @Test
  void count_lengthsThatAreGiven_endEachSequence() throws BadInputException {
    TinyModel model =
        new TinyModel()
            .opset(24)
            .input("q", 2, 1, 2, 8)
            .input("k", 2, 1, 4, 8)
            .input("v", 2, 1, 4, 8)
            .integers("lengths", 3, 4);
    OperationCount count = count(model, "q k v - - - lengths", attribute("is_causal", 1));

    assertThat(count.macs()).isEqualTo(2 * 2 * 4 * 16);
    assertThat(count.validMacs()).isEqualTo((2 + 3 + 3 + 4) * 16);
    assertThat(count.complete()).isTrue();
  }

  // 3 of 4 keys by --input: 2 queries see 2 and 3; without it, all are taken: 3 and 4
  @Test
  void count_lengthsThatAreData_areTakenAsFullAndSaid() throws BadInputException {
    TinyModel model =
        model(2, 4)
            .input("lengths", DataType.INT64, 1)
            .node("Attention", "q k v - - - lengths", "y", attribute("is_causal", 1))
            .output("y");

    assertThat(model.count().validMacs()).isEqualTo((3 + 4) * 16);
    assertThat(model.count().complete()).isFalse();
    OperationCount given = model.count(Map.of("lengths", ModelInput.filled(List.of(1L), 3)));
    assertThat(given.validMacs()).isEqualTo((2 + 3) * 16);
    assertThat(given.complete()).isTrue();
    // a shape alone gives no length
    assertThat(model.count(Map.of("lengths", ModelInput.zeros(List.of(1L)))).complete()).isFalse();
  }

  // 0 where a key is seen: 2 of 3 keys in one row, 1 in the other
  @Test
  void count_maskInTheFile_isFollowedAndOneOfDataIsSaid() throws BadInputException {
    TinyModel stored = model(2, 3).reals("m", 0, 0, -1e9, 0, -1e9, -1e9).integers("s", 2, 3);
    OperationCount count = count(stored.node("Reshape", "m s", "mask"), "q k v mask");
    OperationCount data = count(model(2, 3).input("mask", 2, 3), "q k v mask");

    assertThat(count.validMacs()).isEqualTo(3 * 16);
    assertThat(data.validMacs()).isEqualTo(6 * 16);
    assertThat(data.perOp().get(0).note()).contains("mask is data");
  }

  // a mask of 3 columns over 5 keys hides the last two; the cap costs a tanh a score
  @Test
  void count_shorterMaskAndSoftcap_areCounted() throws BadInputException {
    OperationCount count = count(model(2, 5).input("mask", 2, 3), "q k v mask", real("softcap", 2));

    assertThat(count.validMacs()).isEqualTo(2 * 3 * 16);
    assertThat(count.total().special()).isEqualTo(2 * 5 + 2 * 5);
  }

  // com.microsoft: 6 tokens, a window of 3 keys with the query's own: 1+2+3+3+3+3 = 15 a head
  @Test
  void count_groupedLocalWindow_holdsTheQuerysOwnKey() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("q", 1, 6, 8)
            .input("k", 1, 6, 4)
            .input("v", 1, 6, 4)
            .input("lens", DataType.INT32, 1)
            .input("total", DataType.INT32)
            .node(
                "com.microsoft.GroupQueryAttention",
                "q k v - - lens total",
                "y pk pv",
                attribute("num_heads", 4),
                attribute("kv_num_heads", 2),
                attribute("local_window_size", 3))
            .output("y")
            .count();

    assertThat(count.macs()).isEqualTo(4 * 36 * 4);
    assertThat(count.validMacs()).isEqualTo(4 * 15 * 4);
  }

  // com.microsoft: 3 queries behind 2 cached keys see 3, 4 and 5; heads of 4 twice
  @Test
  void count_unidirectional_standsBehindThePast() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("q", 1, 3, 8)
            .input("k", 1, 3, 8)
            .input("v", 1, 3, 8)
            .input("pk", 1, 2, 2, 4)
            .input("pv", 1, 2, 2, 4)
            .node(
                "com.microsoft.MultiHeadAttention",
                "q k v - - - pk pv",
                "y nk nv",
                attribute("num_heads", 2),
                attribute("unidirectional", 1))
            .output("y")
            .count();

    assertThat(count.macs()).isEqualTo(2 * 15 * 8);
    assertThat(count.validMacs()).isEqualTo(2 * (3 + 4 + 5) * 8);
  }

  // 3 steps of a state of 8 x 8 = 64: update and read-out, and the retrieval of the delta rules
  @ParameterizedTest
  @CsvSource({
    "linear, 4, 1536", // 3 * 4 * (64 + 64)
    "gated, 4, 1536",
    "delta, 4, 2304", // 3 * 4 * 3 * 64
    "gated_delta, 4, 2304",
    "linear, 1, 960", // one state, four read-outs: 3 * (64 + 4 * 64)
    "gated_delta, 2, 1536" // 3 * (2 * 2 * 64 + 4 * 64)
  })
  void count_linearAttention_followsRuleAndHeads(String rule, long kvHeads, long macs)
      throws BadInputException {
    OperationCount count = linear(kvHeads, attribute("update_rule", rule)).count();

    assertThat(count.macs()).isEqualTo(macs);
    assertThat(count.perOp().get(0).outputShapes())
        .containsExactly(List.of(1L, 3L, 32L), List.of(1L, kvHeads, 8L, 8L));
  }

  @Test
  void count_linearAttentionByAnUnknownRule_isRefused() {
    assertThatThrownBy(() -> linear(4, attribute("update_rule", "other")).count())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("update_rule 'other'");
  }

  private static TinyModel linear(long kvHeads, AttributeProto rule) {
    return new TinyModel()
        .opset(27)
        .input("q", 1, 3, 32)
        .input("k", 1, 3, 8 * kvHeads)
        .input("v", 1, 3, 8 * kvHeads)
        .input("decay", 1, 3, 8 * kvHeads)
        .input("beta", 1, 3, kvHeads)
        .node(
            "LinearAttention",
            "q k v - decay beta",
            "y state",
            attribute("q_num_heads", 4),
            attribute("kv_num_heads", kvHeads),
            rule)
        .output("y");
  }
}
