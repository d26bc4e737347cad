package io.stagemark.postprocess.decoder.dense;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.VectorApi;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowMaximumProperties {

  @Property(tries = 300)
  void of_anyRows_isTheSameToTheBitInBothTwins(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 5000) int columns,
      @ForAll @IntRange(min = 0, max = 9) int offset) {
    Tensor values =
        Tensor.allocate(
            new TensorSpec("x", ElementType.FLOAT32, List.of(offset + (long) rows * columns)));
    Random random = new Random(seed);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f};
    for (int i = 0; i < offset + rows * columns; i++) {
      int kind = random.nextInt(20);
      values.floats().put(i, kind < odd.length ? odd[kind] : (float) random.nextGaussian());
    }
    float[] plain = new float[columns];
    float[] chosen = new float[columns];
    new PlainRowMaximum().of(values, offset, rows, plain);
    VectorApi.choose(RowMaximum.class, "RowMaximumVector", PlainRowMaximum::new)
        .of(values, offset, rows, chosen);
    for (int i = 0; i < columns; i++) {
      assertThat(Float.floatToRawIntBits(chosen[i])).isEqualTo(Float.floatToRawIntBits(plain[i]));
    }
  }
}
