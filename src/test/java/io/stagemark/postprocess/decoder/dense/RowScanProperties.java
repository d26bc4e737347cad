package io.stagemark.postprocess.decoder.dense;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.VectorApi;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The scan that this JVM chooses gives the answer of the plain one. */
class RowScanProperties {
  private final RowScan chosen =
      VectorApi.choose(RowScan.class, "RowScanVector", PlainRowScan::new);

  @Property(tries = 500)
  void isAnyAbove_anyPlaceAndLength_isThePlainAnswer(
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int from,
      @ForAll @IntRange(min = 1, max = 100) int count,
      @ForAll @IntRange(max = 2) int above) {
    Random random = new Random(seed);
    float[] values = new float[from + count + 20];
    for (int i = 0; i < values.length; i++) {
      boolean inside = i >= from && i < from + count;
      // outside all are above: a scan that goes too far finds them
      values[i] = inside ? (random.nextInt(9) == 0 ? Float.NaN : random.nextFloat()) : 5;
    }
    for (int k = 0; k < above; k++) {
      values[from + random.nextInt(count)] = 2;
    }
    assertThat(chosen.isAnyAbove(values, from, count, 1)).isEqualTo(above > 0);
    assertThat(new PlainRowScan().isAnyAbove(values, from, count, 1)).isEqualTo(above > 0);
    assertThat(chosen.isAnyAbove(values, from, count, 2)).isFalse();
  }
}
