package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossContract;
import io.stagemark.scoring.Losses;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every loss of the program keeps to the contract. */
final class BuiltInLossesTest {
  @Nested
  final class OfBce extends LossContract {
    @Override
    protected Loss loss() {
      return new Bce();
    }
  }

  @Nested
  final class OfBceWithLogits extends LossContract {
    @Override
    protected Loss loss() {
      return new BceWithLogits();
    }
  }

  @Nested
  final class OfCrossEntropy extends LossContract {
    @Override
    protected Loss loss() {
      return new CrossEntropy();
    }
  }

  @Nested
  final class OfFocal extends LossContract {
    @Override
    protected Loss loss() {
      return new Focal();
    }
  }

  @Nested
  final class OfFocalMulticlass extends LossContract {
    @Override
    protected Loss loss() {
      return new FocalMulticlass();
    }
  }

  @Nested
  final class OfFocalUnweighted extends LossContract {
    @Override
    protected Loss loss() {
      return new FocalUnweighted();
    }
  }

  @Nested
  final class OfLabelSmoothing extends LossContract {
    @Override
    protected Loss loss() {
      return new LabelSmoothing();
    }
  }

  @Nested
  final class OfLovaszHinge extends LossContract {
    @Override
    protected Loss loss() {
      return new LovaszHinge();
    }
  }

  @Nested
  final class OfLovaszSoftmax extends LossContract {
    @Override
    protected Loss loss() {
      return new LovaszSoftmax();
    }
  }

  @Nested
  final class OfNegativeLogLikelihood extends LossContract {
    @Override
    protected Loss loss() {
      return new NegativeLogLikelihood();
    }
  }

  @Test
  void losses_onTheClassPath_areThoseTestedHere() {
    List<String> tested =
        Arrays.stream(getClass().getDeclaredClasses())
            .map(each -> each.getSimpleName().substring("Of".length()))
            .toList();
    assertThat(Losses.registry().all().stream().map(each -> each.getClass().getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(tested);
  }
}
