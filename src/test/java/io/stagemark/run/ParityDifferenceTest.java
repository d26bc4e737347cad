package io.stagemark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.run.record.EngineParity;
import io.stagemark.task.TaskBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The largest difference of two engines' outputs, in every type that has one. */
final class ParityDifferenceTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64"})
  void maxAbsoluteDifference_floatingPoint_isTheLargest(ElementType type) {
    Tensor a = TaskBed.as(type, TaskBed.floats(new float[] {1, 2, INF, -1}, "y", 1, 4));
    Tensor b = TaskBed.as(type, TaskBed.floats(new float[] {1, 2.5f, INF, -1.25f}, "y", 1, 4));
    assertThat(EngineParity.maxAbsoluteDifference(a, b)).isEqualTo(.5);
    assertThat(EngineParity.maxAbsoluteDifference(a, a)).isZero();
  }

  @Test
  void maxAbsoluteDifference_numberAgainstNone_isNone() {
    Tensor a = TaskBed.floats(new float[] {1, Float.NaN}, "y", 1, 2);
    Tensor b = TaskBed.floats(new float[] {1, 2}, "y", 1, 2);
    assertThat(EngineParity.maxAbsoluteDifference(a, b)).isNaN();
    assertThat(EngineParity.maxAbsoluteDifference(a, a)).isZero();
  }
}
