package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.dataset.DatasetSettings;
import java.util.List;

/**
 * What a trial's JVM is asked to do: {@code request.json} in the trial's folder.
 *
 * @param spec the case, resolved
 * @param dataset the examples
 * @param measure how
 * @param score names of the scores
 * @param probe true to load the model and end: is the device there?
 * @param keepOutputs of how many examples the raw outputs are written, for engine parity
 */
public record TrialRequest(
    CaseSpec spec,
    DatasetSettings dataset,
    MeasureSettings measure,
    List<String> score,
    boolean probe,
    int keepOutputs) {
  /** The request, in the trial's folder. */
  static final String FILE = "request.json";

  public TrialRequest {
    score = List.copyOf(score);
  }
}
