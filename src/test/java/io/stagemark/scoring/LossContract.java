package io.stagemark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every {@link Loss} keeps to. A test of a loss extends it and names the loss. */
public abstract class LossContract {
  private static final int ROWS = 4;
  private static final int CLASSES = 3;

  /** Returns the loss under test. */
  protected abstract Loss loss();

  /** Returns the least value that it can have. */
  protected double leastValue() {
    return 0;
  }

  /** Predictions of a form with the truth that goes with it. */
  private record Sample(double[] predictions, double[] truth, int[] shape, int[] truthShape) {
    ScoreTensor asPredictions() {
      return ScoreTensor.of(predictions, shape);
    }

    ScoreTensor asFloats() {
      float[] floats = new float[predictions.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) predictions[i];
      }
      return ScoreTensor.of(floats, shape);
    }

    ScoreTensor asTruth() {
      return ScoreTensor.of(truth, truthShape);
    }
  }

  private static Sample sample(PredictionForm form) {
    SplittableRandom random = new SplittableRandom(11);
    boolean ofClasses = form.name().startsWith("CLASS_");
    double[] numbers = new double[ROWS * CLASSES];
    for (int i = 0; i < numbers.length; i++) {
      double number = 8 * random.nextDouble() - 4;
      numbers[i] = form == PredictionForm.PROBABILITIES ? 1 / (1 + Math.exp(-number)) : number;
    }
    for (int row = 0; row < ROWS && ofClasses && form != PredictionForm.CLASS_LOGITS; row++) {
      int from = row * CLASSES;
      double sum =
          Arrays.stream(numbers, from, from + CLASSES).map(Math::exp).sum(); // of a softmax
      for (int i = from; i < from + CLASSES; i++) {
        double logarithm = numbers[i] - Math.log(sum);
        numbers[i] = form == PredictionForm.CLASS_PROBABILITIES ? Math.exp(logarithm) : logarithm;
      }
    }
    double[] truth = new double[ofClasses ? ROWS : numbers.length];
    Arrays.setAll(truth, i -> random.nextInt(ofClasses ? CLASSES : 2));
    int[] shape = {ROWS, CLASSES};
    return new Sample(numbers, truth, shape, ofClasses ? new int[] {ROWS} : shape);
  }

  private List<PredictionForm> forms() {
    return Arrays.stream(PredictionForm.values())
        .filter(form -> loss().argumentsFor(form).isPresent())
        .toList();
  }

  private ScoreArguments arguments(PredictionForm form) {
    return loss().argumentsFor(form).orElseThrow();
  }

  private Optional<ScoreParameter> reduction() {
    return loss().description().parameters().stream()
        .filter(each -> each.name().equals("reduction"))
        .findFirst();
  }

  @Test
  void description_always_saysWhatAUserMustKnow() {
    LossDescription description = loss().description();
    assertThat(loss().name()).matches("[a-z0-9-]+");
    assertThat(loss().unit()).isNotBlank();
    assertThat(description.formula()).isNotBlank();
    assertThat(description.source()).isNotBlank();
    assertThat(description.predictions()).isNotBlank();
    assertThat(description.truth()).isNotBlank();
    assertThat(description.parameters().stream().map(ScoreParameter::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9-]+"));
    assertThat(description.parameters()).allSatisfy(it -> assertThat(it.doc()).isNotBlank());
  }

  @Test
  void argumentsFor_eachForm_areTheLossesOwn() {
    assertThat(forms()).as("forms that %s is defined for", loss().name()).isNotEmpty();
    for (PredictionForm form : forms()) {
      assertThat(arguments(form).names()).isEqualTo(loss().description().defaults().names());
    }
  }

  @Test
  void evaluate_finiteNumbers_isFiniteAndNotBelowItsLeast() {
    for (PredictionForm form : forms()) {
      Sample sample = sample(form);
      LossResult result =
          loss().evaluate(sample.asPredictions(), sample.asTruth(), arguments(form));
      assertThat(result.value()).as("%s", form).isFinite().isGreaterThanOrEqualTo(leastValue());
      assertThat(result.count()).isPositive();
    }
  }

  @Test
  void evaluate_twice_isTheSameAndLeavesTheTensorsAlone() {
    for (PredictionForm form : forms()) {
      Sample sample = sample(form);
      double once =
          loss().evaluate(sample.asPredictions(), sample.asTruth(), arguments(form)).value();
      double twice =
          loss().evaluate(sample.asPredictions(), sample.asTruth(), arguments(form)).value();
      assertThat(twice).as("%s", form).isEqualTo(once);
      assertThat(sample.predictions()).containsExactly(sample(form).predictions());
      assertThat(sample.truth()).containsExactly(sample(form).truth());
    }
  }

  @Test
  void evaluate_floats_isTheSameToTheirPrecision() {
    for (PredictionForm form : forms()) {
      Sample sample = sample(form);
      double value =
          loss().evaluate(sample.asPredictions(), sample.asTruth(), arguments(form)).value();
      assertThat(loss().evaluate(sample.asFloats(), sample.asTruth(), arguments(form)).value())
          .as("%s", form)
          .isCloseTo(value, within(1e-5 * (1 + Math.abs(value))));
    }
  }

  @Test
  void evaluate_reductions_areOfTheSameTerms() {
    if (reduction().filter(it -> it.choices().containsAll(List.of("sum", "none"))).isEmpty()) {
      return; // a loss without terms of its own
    }
    for (PredictionForm form : forms()) {
      Sample sample = sample(form);
      ScoreArguments arguments = arguments(form);
      LossResult mean = loss().evaluate(sample.asPredictions(), sample.asTruth(), arguments);
      LossResult none =
          loss()
              .evaluate(
                  sample.asPredictions(), sample.asTruth(), arguments.with("reduction", "none"));
      double sum =
          loss()
              .evaluate(
                  sample.asPredictions(), sample.asTruth(), arguments.with("reduction", "sum"))
              .value();
      double[] terms = none.terms().orElseThrow().toArray();
      assertThat(Arrays.stream(terms).sum()).isCloseTo(sum, within(1e-12 * (1 + Math.abs(sum))));
      assertThat(mean.value() * terms.length).isCloseTo(sum, within(1e-12 * (1 + Math.abs(sum))));
      assertThat(mean.terms()).isEmpty();
    }
  }

  @Test
  void evaluate_truthOfAnotherShape_isRefused() {
    for (PredictionForm form : forms()) {
      Sample sample = sample(form);
      ScoreTensor other = ScoreTensor.vector(new double[sample.truth().length + 1]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss().evaluate(sample.asPredictions(), other, arguments(form)))
          .withMessageContaining("shape");
    }
  }

  @Test
  void arguments_outsideTheirRange_areRefusedByName() {
    ScoreArguments defaults = loss().description().defaults();
    for (ScoreParameter each : loss().description().parameters()) {
      Object bad =
          switch (each.kind()) {
            case NUMBER -> each.to() < Double.POSITIVE_INFINITY ? each.to() + 1 : each.from() - 1;
            case CHOICE -> "no-such-choice";
            default -> List.of();
          };
      assertThatIllegalArgumentException()
          .as(each.name())
          .isThrownBy(() -> defaults.with(each.name(), bad))
          .withMessageContaining(each.name());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with("no-such-parameter", 1))
        .withMessageContaining("no-such-parameter");
  }
}
