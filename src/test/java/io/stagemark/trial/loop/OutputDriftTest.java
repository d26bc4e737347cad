package io.stagemark.trial.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputDriftTest {
  private final OutputDrift drift = new OutputDrift(2);

  private static Tensor tensor(ElementType type, long... shape) {
    return Tensor.allocate(
        new TensorSpec("y", type, java.util.Arrays.stream(shape).boxed().toList()));
  }

  private static Tensor floats(float... values) {
    Tensor tensor = tensor(ElementType.FLOAT32, 1, values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.floats().put(i, values[i]);
    }
    return tensor;
  }

  // |−8 − (−8.002)| = 0.002, of 8: 2.5e-4.
  @Test
  void compare_floats_isTheDistanceOverTheLargestMagnitude() {
    drift.keep(0, List.of(floats(1, -8, 4)), 0, 1);
    drift.compare(0, List.of(floats(1, -8.002f, 4)), 0, 1);
    assertThat(drift.largest()).isCloseTo(2.5e-4, within(1e-7));
    drift.compare(0, List.of(floats(1, -8, 4.0001f)), 0, 1);
    assertThat(drift.largest()).isCloseTo(2.5e-4, within(1e-7));
  }

  @Test
  void compare_secondSlotOfABatch_isOfThatSlotAlone() {
    Tensor batch = tensor(ElementType.FLOAT32, 2, 2);
    for (int i = 0; i < 4; i++) {
      batch.floats().put(i, i + 1);
    }
    drift.keep(1, List.of(batch), 1, 2);
    batch.floats().put(0, 100);
    drift.compare(1, List.of(batch), 1, 2);
    assertThat(drift.largest()).isZero();
    batch.floats().put(3, 5); // was 4: 1 of 4
    drift.compare(1, List.of(batch), 1, 2);
    assertThat(drift.largest()).isEqualTo(0.25);
  }

  @Test
  void compare_largeOutput_looksAtNeighboursAllOver() {
    Tensor output = tensor(ElementType.FLOAT32, 1, 64_000);
    output.floats().put(0, 1);
    drift.keep(0, List.of(output), 0, 1);
    output.floats().put(63_001, 0.5f); // the neighbour of the last place
    drift.compare(0, List.of(output), 0, 1);
    assertThat(drift.largest()).isEqualTo(0.5);
  }

  // 0x3c00 is 1, 0x3c01 the next half float: 2^-10 more.
  @Test
  void compare_halfFloats_areNumbers() {
    Tensor output = tensor(ElementType.FLOAT16, 1, 1);
    output.bytes().putShort(0, (short) 0x3c00);
    drift.keep(0, List.of(output), 0, 1);
    output.bytes().putShort(0, (short) 0x3c01);
    drift.compare(0, List.of(output), 0, 1);
    assertThat(drift.largest()).isEqualTo(0x1p-10);
  }

  @Test
  void compare_anotherIndex_isSomethingElse() {
    Tensor output = tensor(ElementType.INT64, 1, 2);
    output.longs().put(0, 1_000_000);
    drift.keep(0, List.of(output), 0, 1);
    output.longs().put(0, 1_000_001);
    drift.compare(0, List.of(output), 0, 1);
    assertThat(drift.largest()).isEqualTo(1);
  }

  @Test
  void compare_anotherExtent_isSomethingElse() {
    drift.keep(0, List.of(floats(1, 2)), 0, 1);
    drift.compare(0, List.of(floats(1)), 0, 1);
    assertThat(drift.largest()).isEqualTo(1);
  }

  @Test
  void compare_notANumberWhereANumberWas_isSomethingElse() {
    drift.keep(0, List.of(floats(1, 2)), 0, 1);
    drift.compare(0, List.of(floats(1, Float.NaN)), 0, 1);
    assertThat(drift.largest()).isEqualTo(1);
  }
}
