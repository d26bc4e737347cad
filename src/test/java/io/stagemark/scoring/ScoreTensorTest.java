package io.stagemark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreTensorTest {

  @Test
  void of_floats_areReadAsTheyAre() {
    ScoreTensor tensor = ScoreTensor.of(new float[] {.1f, 2}, 2);
    assertThat(tensor.get(0)).isEqualTo((double) .1f);
    assertThat(tensor.isFloat()).isTrue();
    assertThat(tensor.floats()).hasSize(2);
    assertThat(tensor.toArray()).containsExactly(.1f, 2);
    assertThat(tensor).hasToString("float32[2]");
  }

  @Test
  void of_doubles_haveNoFloats() {
    ScoreTensor tensor = ScoreTensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(tensor.isFloat()).isFalse();
    assertThat(tensor.size()).isEqualTo(6);
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor).hasToString("float64[2, 3]");
    assertThatIllegalStateException().isThrownBy(tensor::floats);
  }

  @Test
  void of_shapeThatDoesNotFit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreTensor.of(new double[5], 2, 3))
        .withMessageContaining("[2, 3] holds 6 numbers, got 5");
    assertThatIllegalArgumentException().isThrownBy(() -> ScoreTensor.of(new double[1], -1, -1));
    assertThat(ScoreTensor.of(new double[0], 0, 3).size()).isZero();
    assertThat(ScoreTensor.of(new double[] {7}).shape()).isEmpty();
  }

  @Test
  void place_rowMajorIndex_isTheCoordinates() {
    ScoreTensor tensor = ScoreTensor.of(new double[24], 2, 3, 4);
    assertThat(tensor.place(0)).isEqualTo("[0, 0, 0]");
    assertThat(tensor.place(23)).isEqualTo("[1, 2, 3]");
    assertThat(tensor.place(17)).isEqualTo("[1, 1, 1]");
  }

  @Test
  void broadcast_everyKindOfAxis_repeats() {
    List<Integer> target = List.of(2, 3);
    assertThat(ScoreTensor.vector(1, 2, 3).broadcast(target, "w"))
        .containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(ScoreTensor.of(new double[] {1, 2}, 2, 1).broadcast(target, "w"))
        .containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(ScoreTensor.of(new double[] {5}).broadcast(target, "w")).containsOnly(5).hasSize(6);
    assertThat(ScoreTensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3).broadcast(target, "w"))
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(ScoreTensor.of(new double[] {1, 2, 3, 4}, 2, 1, 2).broadcast(List.of(2, 2, 2), "w"))
        .containsExactly(1, 2, 1, 2, 3, 4, 3, 4);
  }

  @Test
  void broadcast_shapeThatDoesNotFit_isRefusedByName() {
    for (ScoreTensor bad :
        List.of(
            ScoreTensor.vector(1, 2),
            ScoreTensor.of(new double[3], 3, 1),
            ScoreTensor.of(new double[6], 1, 2, 3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bad.broadcast(List.of(2, 3), "weight"))
          .withMessageContaining("weight of shape " + bad.shape())
          .withMessageContaining("[2, 3]");
    }
  }
}
