package io.stagemark.flops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One budget for a file: steps, and time. */
final class CountBudgetTest {
  @Test
  void take_moreThanTheSteps_stopsAndNamesThem() {
    CountBudget budget = new CountBudget(1000, Duration.ofDays(1));
    budget.take(999);
    budget.step();

    assertThatThrownBy(budget::step)
        .isInstanceOf(CountBudget.Spent.class)
        .hasMessage("stopped after 1,000 steps");
  }

  @Test
  void step_withoutTime_stopsAndNamesIt() {
    CountBudget budget = new CountBudget(1000, Duration.ZERO);

    assertThat(budget.left()).isZero();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                budget.step();
              }
            })
        .isInstanceOf(CountBudget.Spent.class)
        .hasMessage("stopped after 0 ms");
  }
}
