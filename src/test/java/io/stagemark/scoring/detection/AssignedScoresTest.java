package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AssignedScoresTest {

  /** Candidates of height 10 from 0 to these widths; candidate i has the scores 10·i + class. */
  private static final class Widths implements CandidateScores {
    private final double[] widths;

    Widths(double... widths) {
      this.widths = widths.clone();
    }

    @Override
    public int count() {
      return widths.length;
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public boolean logits() {
      return true;
    }

    @Override
    public double score(int candidate, int classId) {
      return 10.0 * candidate + classId;
    }

    @Override
    public double edge(int candidate, int side) {
      return side == 2 ? widths[candidate] : side == 3 ? 10 : 0;
    }
  }

  private static Annotation object(int classId) {
    return new Annotation(new Box(0, 0, 10, 10), classId, 100, false);
  }

  // Of 10 px, 4.5 px are an overlap of 0.45: between background (0.4) and object (0.5), and left
  // out.
  @Test
  void of_candidates_areThoseThatCountWithTheirTargets() {
    AssignedScores assigned =
        AssignedScores.of(
            new Widths(2, 4.5, 9, 3, 10), List.of(object(2)), DenseLossSettings.DEFAULT);
    assertThat(assigned.positives()).isEqualTo(2);
    assertThat(assigned.predictions().shape()).containsExactly(4, 3);
    assertThat(assigned.predictions().toArray())
        .containsExactly(0, 1, 2, 20, 21, 22, 30, 31, 32, 40, 41, 42);
    assertThat(assigned.truth().shape()).containsExactly(4, 3);
    assertThat(assigned.truth().toArray()).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void of_objectOfTheFirstClass_isATarget() {
    AssignedScores assigned =
        AssignedScores.of(new Widths(10), List.of(object(0)), DenseLossSettings.DEFAULT);
    assertThat(assigned.truth().toArray()).containsExactly(1, 0, 0);
  }

  @Test
  void of_classThatNoCandidateHas_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> AssignedScores.of(new Widths(10), List.of(object(3)), DenseLossSettings.DEFAULT));
  }
}
