package io.stagemark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScoreArgumentsTest {
  private static final double UP = Double.POSITIVE_INFINITY;
  private static final List<ScoreParameter> PARAMETERS =
      List.of(
          ScoreParameter.reduction(),
          ScoreParameter.number("ratio", 0, 1, "0.5", "a ratio"),
          ScoreParameter.number("power", 0, UP, "2", "a power"),
          ScoreParameter.number("any", -UP, UP, "0", "any number"),
          ScoreParameter.integer("label", Optional.of("-100"), "a label"),
          ScoreParameter.integer("bare", Optional.empty(), "a label or none"),
          ScoreParameter.flag("switch", "a switch"),
          ScoreParameter.tensor("weight", "weights"),
          ScoreParameter.text("classes", "present", "classes"));

  private final ScoreArguments defaults = ScoreArguments.defaults(PARAMETERS);

  @Test
  void defaults_nothingGiven_areTheFallbacks() {
    assertThat(defaults.reduction()).isEqualTo(Reduction.MEAN);
    assertThat(defaults.number("ratio")).isEqualTo(.5);
    assertThat(defaults.integer("label")).hasValue(-100);
    assertThat(defaults.integer("bare")).isEmpty();
    assertThat(defaults.flag("switch")).isFalse();
    assertThat(defaults.tensor("weight")).isEmpty();
    assertThat(defaults.text("classes")).isEqualTo("present");
  }

  @Test
  void with_value_changesACopy() {
    ScoreArguments changed =
        defaults
            .with("ratio", 1)
            .with("label", 7)
            .with("switch", true)
            .with("reduction", "none")
            .with("weight", ScoreTensor.vector(1, 2));

    assertThat(changed.number("ratio")).isEqualTo(1);
    assertThat(changed.integer("label")).hasValue(7);
    assertThat(changed.flag("switch")).isTrue();
    assertThat(changed.reduction()).isEqualTo(Reduction.NONE);
    assertThat(changed.tensor("weight").orElseThrow().size()).isEqualTo(2);
    assertThat(defaults.number("ratio")).isEqualTo(.5);
  }

  @Test
  void withText_eachKind_isRead() {
    ScoreArguments read =
        defaults
            .withText("ratio", ".25")
            .withText("label", " 255 ")
            .withText("switch", "true")
            .withText("reduction", "sum")
            .withText("weight", "1,2.5,-3")
            .withText("classes", "1,2");

    assertThat(read.number("ratio")).isEqualTo(.25);
    assertThat(read.integer("label")).hasValue(255);
    assertThat(read.flag("switch")).isTrue();
    assertThat(read.reduction()).isEqualTo(Reduction.SUM);
    assertThat(read.tensor("weight").orElseThrow().toArray()).containsExactly(1, 2.5, -3);
    assertThat(read.text("classes")).isEqualTo("1,2");
    assertThat(read.withText("switch", "false").flag("switch")).isFalse();
  }

  @Test
  void with_boundsOfANumber_belongToIt() {
    assertThat(defaults.with("ratio", 0.0).number("ratio")).isZero();
    assertThat(defaults.with("ratio", 1.0).number("ratio")).isEqualTo(1);
    assertThat(defaults.with("power", 1e308).number("power")).isEqualTo(1e308);
    for (Object bad : new Object[] {Math.nextDown(0.0), Math.nextUp(1.0), Double.NaN, "x", true}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> defaults.with("ratio", bad))
          .withMessageContaining("ratio is " + bad);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("power", UP));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("any", -UP));
  }

  @Test
  void with_wrongType_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("label", 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("switch", "yes"));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("reduction", "avg"));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("reduction", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("weight", "1,2"));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.with("classes", 1));
  }

  @Test
  void withText_unreadable_isRefusedByName() {
    for (String[] bad :
        new String[][] {
          {"ratio", "half"},
          {"label", "1.5"},
          {"switch", "yes"},
          {"weight", "1,,2"},
          {"reduction", "MEAN"}
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> defaults.withText(bad[0], bad[1]))
          .withMessageContaining(bad[0] + " is " + bad[1]);
    }
  }

  @Test
  void with_unknownName_listsThoseThatExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with("gama", 1))
        .withMessageContaining("'gama'")
        .withMessageContaining("reduction, ratio, power");
    assertThat(defaults.names()).hasSize(9).startsWith("reduction");
  }

  @Test
  void allowed_eachKind_isSaidForAPerson() {
    assertThat(PARAMETERS)
        .extracting(ScoreParameter::allowed)
        .containsExactly(
            "one of mean, sum, none",
            "a number in [0, 1]",
            "a number from 0 up",
            "a number (finite)",
            "a whole number",
            "a whole number",
            "true or false",
            "a .npy file, or numbers with commas",
            "text");
    assertThat(ScoreParameter.number("half", -.5, .5, "0", "").allowed())
        .isEqualTo("a number in [-0.5, 0.5]");
  }
}
