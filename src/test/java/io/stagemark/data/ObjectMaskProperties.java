package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagemark.data.object.ObjectMask;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Runs as text and back. */
class ObjectMaskProperties {
  @Property(tries = 500)
  void runs_ofTheTextOfRuns_areTheSame(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 200_000) int longest,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] runs = new int[count];
    int sum = 0;
    for (int i = 0; i < count; i++) {
      runs[i] = random.nextInt(longest) + (i == 0 ? 0 : 1);
      sum += runs[i];
    }
    runs[count - 1] += sum == 0 ? 1 : 0;
    int pixels = Math.max(sum, 1);
    assertThat(ObjectMask.of(1, pixels, runs, 0, count).runs()).containsExactly(runs);
    int[] shifted = new int[count + 3];
    System.arraycopy(runs, 0, shifted, 2, count);
    assertThat(ObjectMask.of(1, pixels, shifted, 2, 2 + count))
        .isEqualTo(ObjectMask.of(1, pixels, runs, 0, count));
  }

  // by hand: 6 is one group 6 -> '6'; 3, 4 -> '3', '4'; the fourth is 3 − 3 = 0 -> '0'; the fifth
  // 20 − 4 = 16 needs two groups, 16 and 0, for bit 16 of one alone is the sign: 'P' + '0'
  @Example
  void counts_byHand() {
    int[] runs = {6, 3, 4, 3, 20};
    ObjectMask mask = ObjectMask.of(6, 6, runs, 0, 5);
    assertThat(mask.counts()).isEqualTo("6340`0");
    assertThat(mask.runs()).containsExactly(runs);
  }

  @Example
  void runs_textThatIsNone_isRefused() {
    for (String text : new String[] {"", "7", "6340`", "6 ", "\u00ff0"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new ObjectMask(6, 6, text).runs());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectMask.of(6, 6, new int[] {36, -1, 1}, 0, 3));
  }
}
