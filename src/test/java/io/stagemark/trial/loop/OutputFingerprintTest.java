package io.stagemark.trial.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputFingerprintTest {
  @Test
  void sampled_oneSlotChanges_onlyItsFingerprintDoes() {
    Tensor output = output(2, 4096);
    long first = OutputFingerprint.sampled(List.of(output), 0, 2);
    long second = OutputFingerprint.sampled(List.of(output), 1, 2);
    for (int i = 0; i < 4096; i++) {
      output.floats().put(4096 + i, output.floats().get(4096 + i) + 1e-3f);
    }
    assertThat(OutputFingerprint.sampled(List.of(output), 0, 2)).isEqualTo(first);
    assertThat(OutputFingerprint.sampled(List.of(output), 1, 2)).isNotEqualTo(second);
  }

  @Test
  void sampled_outputOfThreeFloats_changesWithEachOfThem() {
    Tensor output = output(1, 3);
    for (int i = 0; i < 3; i++) {
      long before = OutputFingerprint.sampled(List.of(output), 0, 1);
      output.floats().put(i, 42);
      assertThat(OutputFingerprint.sampled(List.of(output), 0, 1)).isNotEqualTo(before);
    }
  }

  @Test
  void whole_oneBitChanges_digestDoes() {
    Tensor output = output(1, 10_000);
    String before = OutputFingerprint.whole(List.of(output), 0, 1);
    output.bytes().put(12_345, (byte) (output.bytes().get(12_345) ^ 1));
    assertThat(OutputFingerprint.whole(List.of(output), 0, 1)).isNotEqualTo(before).hasSize(8);
  }

  private static Tensor output(int batch, int values) {
    Tensor tensor =
        Tensor.allocate(
            new TensorSpec("out", ElementType.FLOAT32, List.of((long) batch, (long) values)));
    for (int i = 0; i < batch * values; i++) {
      tensor.floats().put(i, i * 0.37f);
    }
    return tensor;
  }
}
