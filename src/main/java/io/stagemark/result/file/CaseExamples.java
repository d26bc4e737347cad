package io.stagemark.result.file;

import static java.util.Locale.ROOT;

import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.data.Prediction.ScoredClass;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleMask;
import io.stagemark.result.ExampleResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every example of one case.
 *
 * @param caseId the case's id
 * @param labels class names by index
 * @param examples in the data set's order
 */
public record CaseExamples(String caseId, List<String> labels, List<ExampleResult> examples) {
  public CaseExamples {
    labels = List.copyOf(labels);
    examples = List.copyOf(examples);
  }

  /** Returns the file of a case, relative to the run's folder. */
  public static String fileName(String caseId) {
    return "examples/" + fileStem(caseId) + ".json";
  }

  /** Returns the same with files that are named from the run's folder, or the program's. */
  public CaseExamples portable(Path folder) {
    return new CaseExamples(
        caseId,
        labels,
        examples.stream()
            .map(each -> each.withFiles(file -> PortablePaths.from(folder, file)))
            .toList());
  }

  /** Returns a case's id as part of a file name. */
  public static String fileStem(String caseId) {
    return caseId.replaceAll("[/\\\\:\\p{Cntrl}\\p{Cs}]", "-");
  }

  /** Returns what no case can have made of an example; empty if there is nothing of it. */
  Optional<String> problem() {
    return examples.stream().flatMap(example -> problem(example).stream()).findFirst();
  }

  private Optional<String> problem(ExampleResult example) {
    IntStream found = example.detections().stream().mapToInt(Detection::classId);
    IntStream right = example.annotations().stream().mapToInt(Annotation::classId);
    List<ExampleAnswer> answers = example.answer().stream().toList();
    IntStream answered =
        answers.stream().flatMapToInt(a -> a.predicted().stream().mapToInt(ScoredClass::classId));
    IntStream truth = answers.stream().flatMapToInt(a -> a.truth().stream().mapToInt(t -> t));
    OptionalInt strange =
        Stream.of(found, right, answered, truth)
            .flatMapToInt(ids -> ids)
            .filter(classId -> classId < 0 || classId >= labels.size())
            .findFirst();
    if (strange.isPresent()) {
      return Optional.of(
          String.format(
              ROOT,
              "class %d in example %s; there are %d labels",
              strange.getAsInt(),
              example.id(),
              labels.size()));
    }
    try {
      answers.stream().flatMap(a -> a.mask().stream()).forEach(ExampleMask::mask);
      example.detections().stream().flatMap(d -> d.mask().stream()).forEach(ObjectMask::runs);
      example.annotations().stream().flatMap(t -> t.mask().stream()).forEach(ObjectMask::runs);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
