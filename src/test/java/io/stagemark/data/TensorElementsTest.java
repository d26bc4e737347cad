package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TensorElementsTest {
  private static Tensor of(ElementType type) {
    return Tensor.allocate(new TensorSpec("x", type, List.of(2L)));
  }

  private static Tensor with(ElementType type, double value) {
    Tensor tensor = of(type);
    TensorElements.put(tensor, 1, value);
    for (int at = 0; at < type.bytes(); at++) {
      assertThat(tensor.bytes().get(at)).as("the element before").isZero();
    }
    return tensor;
  }

  @Test
  void put_floatingTypes_roundToTheNearest() {
    assertThat(with(ElementType.FLOAT32, 0.1).bytes().getFloat(4)).isEqualTo(0.1f);
    assertThat(with(ElementType.FLOAT64, 0.1).bytes().getDouble(8)).isEqualTo(0.1);
    assertThat(with(ElementType.FLOAT16, 1.5).bytes().getShort(2)).isEqualTo((short) 0x3E00);
    // 1 + 2^-8 is halfway between two bfloat16: the even one, 1, is taken; above it, the next
    assertThat(with(ElementType.BFLOAT16, 1 + 0x1p-8).bytes().getShort(2))
        .isEqualTo((short) 0x3F80);
    assertThat(with(ElementType.BFLOAT16, 1 + 0x1.1p-8).bytes().getShort(2))
        .isEqualTo((short) 0x3F81);
    assertThat(with(ElementType.BFLOAT16, -2.5).bytes().getShort(2)).isEqualTo((short) 0xC020);
  }

  @Test
  void put_wholeNumbers_areExactUpToTheLimits() {
    assertThat(with(ElementType.INT8, -128).bytes().get(1)).isEqualTo((byte) -128);
    assertThat(with(ElementType.UINT8, 255).bytes().get(1)).isEqualTo((byte) 255);
    assertThat(with(ElementType.INT16, 32767).bytes().getShort(2)).isEqualTo((short) 32767);
    assertThat(with(ElementType.UINT16, 65535).bytes().getShort(2)).isEqualTo((short) 65535);
    assertThat(with(ElementType.INT32, -7).bytes().getInt(4)).isEqualTo(-7);
    assertThat(with(ElementType.INT64, 0x1p53).bytes().getLong(8)).isEqualTo(1L << 53);
    assertThat(with(ElementType.BOOL, 1).bytes().get(1)).isEqualTo((byte) 1);
  }

  @Test
  void put_whatTheTypeDoesNotHold_isRefused() {
    assertThat(TensorElements.holds(ElementType.UINT8, 256)).isFalse();
    assertThat(TensorElements.holds(ElementType.UINT8, -1)).isFalse();
    assertThat(TensorElements.holds(ElementType.INT8, 128)).isFalse();
    assertThat(TensorElements.holds(ElementType.INT16, -32769)).isFalse();
    assertThat(TensorElements.holds(ElementType.INT32, 0x1p31)).isFalse();
    assertThat(TensorElements.holds(ElementType.INT64, 0x1p54)).isFalse();
    assertThat(TensorElements.holds(ElementType.INT64, 1.5)).isFalse();
    assertThat(TensorElements.holds(ElementType.BOOL, 2)).isFalse();
    assertThat(TensorElements.holds(ElementType.FLOAT32, Double.NaN)).isFalse();
    Tensor bytes = of(ElementType.UINT8);
    assertThatIllegalArgumentException().isThrownBy(() -> TensorElements.put(bytes, 0, 300));
  }
}
