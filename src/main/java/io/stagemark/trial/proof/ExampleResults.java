package io.stagemark.trial.proof;

import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.data.FileRange;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Example;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleMask;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.FilePart;
import io.stagemark.task.Observation;
import io.stagemark.task.OutputCheck;
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
        answer(observation, example.truth()),
        part(example.source()));
  }

  private static Optional<FilePart> part(FileRange source) {
    return source.isWhole()
        ? Optional.empty()
        : Optional.of(new FilePart(source.offset(), source.bytes()));
  }

  private static Optional<ExampleAnswer> answer(Observation observation, Truth truth) {
    if (observation.prediction() instanceof Prediction.Classes classes) {
      return Optional.of(
          truth instanceof Truth.Label label
              ? ExampleAnswer.ofClasses(classes.best(), label.classIds())
              : ExampleAnswer.ofClasses(classes.best()));
    }
    if (observation.prediction() instanceof Prediction.Mask mask
        && observation.geometry().isPresent()) {
      Optional<String> file =
          truth instanceof Truth.Mask right
              ? Optional.of(right.file().toString())
              : Optional.empty();
      return Optional.of(
          ExampleAnswer.ofPixels(ExampleMask.of(file, mask, observation.geometry().get())));
    }
    if (observation.prediction() instanceof Prediction.Raw) {
      return Optional.of(
          ExampleAnswer.ofOutputs(
              observation.check().outputs().stream().map(OutputCheck.Output::summary).toList()));
    }
    return Optional.empty();
  }
}
