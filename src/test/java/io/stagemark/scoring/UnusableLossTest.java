package io.stagemark.scoring;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stranger's loss may lack; the registry refuses it before anything runs. */
final class UnusableLossTest {

  /** Says no unit, which the report would ask for after everything was measured. */
  private static final class WithoutUnit implements Loss {
    @Override
    public String name() {
      return "without-unit";
    }

    @Override
    public LossDescription description() {
      return new LossDescription("0", "none", "[N]", "[N]", List.of());
    }

    @Override
    @SuppressWarnings("NullAway") // what the test is about
    public String unit() {
      return null;
    }

    @Override
    public LossResult evaluate(
        ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void requireUsable_noUnit_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new WithoutUnit().requireUsable())
        .withMessage("it says no unit");
  }
}
