package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
  private static final List<String> NAMES = List.of("trials", "warmupBatches", "warmupSeconds");

  @Test
  void of_oneLetterWrongOrExchanged_findsTheName() {
    assertThat(NearestName.of("warmupBatchs", NAMES)).contains("warmupBatches");
    assertThat(NearestName.of("trails", NAMES)).contains("trials");
    assertThat(NearestName.of("TRIALS", NAMES)).contains("trials");
  }

  @Test
  void of_severalNear_takesTheNearest() {
    assertThat(NearestName.of("warmupSecond", NAMES)).contains("warmupSeconds");
  }

  // "abcdef" has 6 letters: 2 edits are near, 3 are not.
  @Test
  void of_editsAtTheBound_areNearAndBeyondAreNot() {
    assertThat(NearestName.of("abcdef", List.of("abcdxy"))).contains("abcdxy");
    assertThat(NearestName.of("abcdef", List.of("abcxyz"))).isEmpty();
  }

  // Nine letters allow 3 edits: exchanging two neighbours is 1, replacing both would be 2 each.
  @Test
  void of_twoExchangesAndOneMore_areThreeEdits() {
    assertThat(NearestName.of("badcefghi", List.of("abcdefghX"))).contains("abcdefghX");
    assertThat(NearestName.of("badcefghi", List.of("abcdefgXY"))).isEmpty();
  }

  @Test
  void of_beginningOfAName_findsIt() {
    assertThat(NearestName.of("onnx", List.of("constant", "onnxruntime"))).contains("onnxruntime");
    assertThat(NearestName.of("on", List.of("onnxruntime"))).isEmpty();
  }

  @Test
  void of_nothingNear_isEmpty() {
    assertThat(NearestName.of("speed", NAMES)).isEmpty();
    assertThat(NearestName.of("x".repeat(1_000_000), NAMES)).isEmpty();
    assertThat(NearestName.of("trials", List.of())).isEmpty();
  }
}
