package io.stagemark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.data.Score;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The predictions of a case for one example: the content of {@code examples/CASE.json}.
 *
 * @param id the example's
 * @param file where it came from: from the run's folder, or the program's
 * @param detections predicted objects, best first; empty for other tasks
 * @param candidates boxes above the score threshold, before non-maximum suppression
 * @param annotations true objects
 * @param scores figures of this example alone
 * @param answer what was answered, and what is right where that is known; empty for objects, which
 *     {@code detections} has
 * @param part the bytes of the file that are the example's picture; empty where all are
 */
public record ExampleResult(
    String id,
    String file,
    List<Detection> detections,
    int candidates,
    List<Annotation> annotations,
    List<Score> scores,
    Optional<ExampleAnswer> answer,
    // left out where it is empty, as by older programs
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<FilePart> part) {
  public ExampleResult {
    detections = List.copyOf(detections);
    annotations = List.copyOf(annotations);
    scores = List.copyOf(scores);
    part = part == null ? Optional.empty() : part; // in the files of older programs
  }

  /** Returns the same with the names of its files mapped. */
  public ExampleResult withFiles(UnaryOperator<String> name) {
    return new ExampleResult(
        id,
        name.apply(file),
        detections,
        candidates,
        annotations,
        scores,
        answer.map(each -> each.withTruthFile(name)),
        part);
  }

  /** Returns the same with other scores. */
  public ExampleResult withScores(List<Score> others) {
    return new ExampleResult(id, file, detections, candidates, annotations, others, answer, part);
  }

  /** An example that has a file of its own. */
  public ExampleResult(
      String id,
      String file,
      List<Detection> detections,
      int candidates,
      List<Annotation> annotations,
      List<Score> scores,
      Optional<ExampleAnswer> answer) {
    this(id, file, detections, candidates, annotations, scores, answer, Optional.empty());
  }

  /** An example of neither classes nor masks. */
  public ExampleResult(
      String id,
      String file,
      List<Detection> detections,
      int candidates,
      List<Annotation> annotations,
      List<Score> scores) {
    this(id, file, detections, candidates, annotations, scores, Optional.empty());
  }
}
