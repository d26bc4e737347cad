package io.stagemark.run;

import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Example;
import io.stagemark.report.ExampleAnswer;
import io.stagemark.report.ExampleMask;
import io.stagemark.report.ExampleResult;
import io.stagemark.task.Observation;
import java.util.List;
import java.util.Optional;

/** Turns what was kept of an example into the record that the reports show. */
final class ExampleResults {
  private ExampleResults() {}

  static ExampleResult of(Example example, Observation observation, List<Score> scores) {
    List<Detection> detections = List.of();
    int candidates = 0;
    if (observation.prediction() instanceof Prediction.Objects objects) {
      detections = objects.detections();
      candidates = objects.candidates().aboveThreshold();
    }
    List<Annotation> annotations =
        example.truth() instanceof Truth.Objects truth ? truth.annotations() : List.of();
    return new ExampleResult(
        example.id(),
        example.file().toString(),
        detections,
        candidates,
        annotations,
        scores,
        answer(observation, example.truth()));
  }

  private static Optional<ExampleAnswer> answer(Observation observation, Truth truth) {
    if (observation.prediction() instanceof Prediction.Classes classes) {
      List<Integer> right = truth instanceof Truth.Label label ? label.classIds() : List.of();
      return Optional.of(new ExampleAnswer(classes.best(), right, Optional.empty()));
    }
    if (observation.prediction() instanceof Prediction.Mask mask
        && truth instanceof Truth.Mask right
        && observation.geometry().isPresent()) {
      return Optional.of(
          new ExampleAnswer(
              List.of(),
              List.of(),
              Optional.of(
                  ExampleMask.of(right.file().toString(), mask, observation.geometry().get()))));
    }
    return Optional.empty();
  }
}
