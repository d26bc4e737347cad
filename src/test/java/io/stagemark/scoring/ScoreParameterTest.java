package io.stagemark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each kind of parameter: what it allows, what it reads, and its value where none is given. */
final class ScoreParameterTest {

  @Test
  void number_range_isClosed() {
    ScoreParameter number = ScoreParameter.number("alpha", 0, 1, "0.25", "a weight");
    assertThat(number.allowed()).isEqualTo("a number in [0, 1]");
    assertThat(number.fallback()).hasValue("0.25");
    assertThat(number.parse("1")).isEqualTo(1.0);
    assertThat(number.parse("0")).isEqualTo(0.0);
    for (String bad : List.of("1.01", "-0.01", "NaN", "none", "x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> number.parse(bad))
          .withMessageStartingWith("alpha is ")
          .withMessageEndingWith(", not a number in [0, 1]");
    }
  }

  @Test
  void numberOrNone_none_isTheLowerEnd() {
    ScoreParameter number =
        ScoreParameter.numberOrNone("alpha", -1, Double.POSITIVE_INFINITY, "none", "a weight");
    assertThat(number.allowed()).isEqualTo("a number from -1 up, or none");
    assertThat(number.parse("none")).isEqualTo(-1.0);
    assertThatIllegalArgumentException().isThrownBy(() -> number.parse("Infinity"));
  }

  @Test
  void integer_anyWholeNumber_isRead() {
    ScoreParameter integer = ScoreParameter.integer("ignore", Optional.empty(), "a class");
    assertThat(integer.fallback()).isEmpty();
    assertThat(integer.allowed()).isEqualTo("a whole number");
    assertThat(integer.parse(" -100 ")).isEqualTo(-100L);
    assertThatIllegalArgumentException().isThrownBy(() -> integer.parse("1.5"));
  }

  @Test
  void choice_first_isTheFallback() {
    ScoreParameter choice = ScoreParameter.choice("form", List.of("a", "b"), "which");
    assertThat(choice.fallback()).hasValue("a");
    assertThat(choice.allowed()).isEqualTo("one of a, b");
    assertThat(choice.parse("b")).isEqualTo("b");
    assertThatIllegalArgumentException().isThrownBy(() -> choice.parse("c"));
    assertThat(ScoreParameter.reduction().name()).isEqualTo("reduction");
    assertThat(ScoreParameter.reduction().choices()).containsExactly("mean", "sum", "none");
  }

  @Test
  void flag_notGiven_isFalse() {
    ScoreParameter flag = ScoreParameter.flag("signed", "with signs");
    assertThat(flag.fallback()).hasValue("false");
    assertThat(flag.allowed()).isEqualTo("true or false");
    assertThat(flag.parse("true")).isEqualTo(true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flag.parse("yes"))
        .withMessage("signed is yes, not true or false");
  }

  @Test
  void tensorAndText_values_areReadAsTheyAre() {
    ScoreParameter tensor = ScoreParameter.tensor("weight", "one a class");
    assertThat(tensor.fallback()).isEmpty();
    assertThat(tensor.allowed()).isEqualTo("a .npy file, or numbers with commas");
    assertThat(((ScoreTensor) tensor.parse("1,2.5")).toArray()).containsExactly(1, 2.5);
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.parse("1,,2"));
    ScoreParameter text = ScoreParameter.text("classes", "all", "which");
    assertThat(text.fallback()).hasValue("all");
    assertThat(text.allowed()).isEqualTo("text");
    assertThat(text.parse("1-3")).isEqualTo("1-3");
  }
}
