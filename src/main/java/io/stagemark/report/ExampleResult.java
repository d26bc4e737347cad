package io.stagemark.report;

import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.data.Score;
import java.util.List;

/**
 * What a case made of one example: the content of {@code examples/CASE.json}.
 *
 * @param id the example's
 * @param file where it came from
 * @param detections predicted objects, best first; empty for other tasks
 * @param candidates boxes above the score threshold, before non-maximum suppression
 * @param annotations true objects
 * @param scores figures of this example alone
 */
public record ExampleResult(
    String id,
    String file,
    List<Detection> detections,
    int candidates,
    List<Annotation> annotations,
    List<Score> scores) {
  public ExampleResult {
    detections = List.copyOf(detections);
    annotations = List.copyOf(annotations);
    scores = List.copyOf(scores);
  }
}
