package io.stagemark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanQuestionTest {

  @Test
  void parse_question_isReadInEachForm() throws BadInputException {
    assertThat(PlanQuestion.parse("detect 3% on p95"))
        .isEqualTo(new PlanQuestion(0.03, 95, Stage.TOTAL));
    assertThat(PlanQuestion.parse(" detect 2.5 %  on p99.9 of forward "))
        .isEqualTo(new PlanQuestion(0.025, 99.9, Stage.FORWARD));
    assertThat(PlanQuestion.parse("detect 100% on p50").effect()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3% on p95",
        "detect 0% on p95",
        "detect 101% on p95",
        "detect 3 on p95",
        "detect 3% on p97",
        "detect -3% on p95",
        "detect 3% on p95 of gap",
        "detect 3% on p95 now"
      })
  void parse_somethingElse_isABadInput(String text) {
    assertThatThrownBy(() -> PlanQuestion.parse(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--plan \"detect 3% on p95\"");
  }
}
