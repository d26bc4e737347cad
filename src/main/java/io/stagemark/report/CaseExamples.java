package io.stagemark.report;

import java.util.List;

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

  /** Returns a case's id as part of a file name. */
  public static String fileStem(String caseId) {
    return caseId.replace('/', '-').replace(':', '-');
  }
}
