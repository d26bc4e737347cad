package io.stagemark.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.dataset.DatasetSettings;
import java.util.List;
import java.util.Optional;

/**
 * What a trial's JVM is asked to do: {@code request.json} in the trial's folder.
 *
 * @param spec the case, resolved
 * @param dataset the examples
 * @param measure how
 * @param score names of the scores
 * @param probe true to load the model and end: is the device there? With {@code keepOutputs} the
 *     first example is run once before, and what comes out is written: what is the model?
 * @param keepOutputs of how many examples the raw outputs are written, for engine parity
 * @param operators true to run the {@link OperatorPass} instead of measuring
 * @param stateFile file in the trial's folder that a {@link ScorePass}, which runs instead of
 *     measuring, writes its scores' state to; empty for every other request
 * @param scoredBefore the trial whose scores are the case's: what is kept is not scored once more
 *     after the clock; empty where the scores are wanted
 */
public record TrialRequest(
    CaseSpec spec,
    DatasetSettings dataset,
    MeasureSettings measure,
    List<String> score,
    boolean probe,
    int keepOutputs,
    boolean operators,
    Optional<String> stateFile,
    // left out when empty: an older build may run a side of a gate
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> scoredBefore) {
  /** The request, in the trial's folder. */
  public static final String FILE = "request.json";

  public TrialRequest {
    score = List.copyOf(score);
    stateFile = stateFile == null ? Optional.empty() : stateFile; // in requests of older builds
    scoredBefore = scoredBefore == null ? Optional.empty() : scoredBefore;
  }

  /** A trial or a probe. */
  public TrialRequest(
      CaseSpec spec,
      DatasetSettings dataset,
      MeasureSettings measure,
      List<String> score,
      boolean probe,
      int keepOutputs) {
    this(
        spec,
        dataset,
        measure,
        score,
        probe,
        keepOutputs,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** A trial after another one, whose scores are known: the outputs are digested alone. */
  public static TrialRequest after(
      int trial,
      CaseSpec spec,
      DatasetSettings dataset,
      MeasureSettings measure,
      List<String> score) {
    return new TrialRequest(
        spec, dataset, measure, score, false, 0, false, Optional.empty(), Optional.of(trial));
  }

  /** A request for the operator pass of a case. */
  public static TrialRequest operatorPass(
      CaseSpec spec, DatasetSettings dataset, MeasureSettings measure) {
    return new TrialRequest(
        spec, dataset, measure, List.of(), false, 0, true, Optional.empty(), Optional.empty());
  }

  /** A request that every example is scored, and nothing is timed. */
  public static TrialRequest scorePass(
      CaseSpec spec, DatasetSettings dataset, MeasureSettings measure, List<String> score) {
    return new TrialRequest(
        spec,
        dataset,
        measure,
        score,
        false,
        0,
        false,
        Optional.of(ScorePass.STATE),
        Optional.empty());
  }
}
