package io.stagemark.flops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Registration of rules by operator. */
final class OperatorTableTest {
  private final OperatorTable<String> table = new OperatorTable<>();

  @Test
  void put_aSecondRuleForAnOperator_throwsWithItsName() {
    table.put("div", "first");

    assertThatThrownBy(() -> table.put("div", "second"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'div' is registered twice");
    assertThat(table.get("div")).isEqualTo("first");
  }

  @Test
  void put_theSameRuleAgain_throwsToo() {
    String rule = "rule";
    table.put("div", rule);

    assertThatThrownBy(() -> table.put("div", rule)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void replace_wrapsTheFirstRuleOnce() {
    table.put("add", "tensors");
    table.replace("add", tensors -> "numbers or " + tensors);

    assertThat(table.toMap()).containsEntry("add", "numbers or tensors");
    assertThatThrownBy(() -> table.replace("add", rule -> rule))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'add' is replaced twice");
  }

  @Test
  void replaceAndGet_ofAnOperatorThatIsNotRegistered_throwWithItsName() {
    assertThatThrownBy(() -> table.replace("gcd", rule -> rule))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'gcd' is not registered yet");
    assertThatThrownBy(() -> table.get("gcd"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'gcd' is not registered yet");
    assertThat(table.names()).isEmpty();
  }
}
