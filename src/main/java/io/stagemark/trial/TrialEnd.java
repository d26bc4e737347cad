package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.engine.EngineSession;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.proof.OutputFiles;
import io.stagemark.trial.sample.SampleFile;
import io.stagemark.trial.sample.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The end of a trial of any scenario, after the clock: what was kept is scored, the files are
 * written, and all of it becomes the outcome.
 *
 * @param folder of the trial
 * @param scorer has not yet received the kept outputs
 * @param session whose outputs were kept
 */
record TrialEnd(
    TrialRequest request, Path folder, Scorer scorer, KeptOutputs kept, EngineSession session) {

  /** Scores the kept outputs and writes them down with the samples; returns every example. */
  List<ExampleResult> write(Samples samples) throws IOException {
    List<ExampleResult> examples = kept.score();
    OutputFiles.write(folder, kept.forParity().stream().map(Observation::outputs).toList());
    SampleFile.write(folder.resolve(SampleFile.NAME), samples);
    NativeDigests.write(folder);
    return examples;
  }

  /**
   * Returns the outcome.
   *
   * @param examples from {@link #write}
   */
  TrialOutcome outcome(Measured figures, List<ExampleResult> examples, TrialDetail detail) {
    CaseSpec spec = request.spec();
    return new TrialOutcome(
        Optional.empty(),
        false,
        Optional.of(figures),
        kept.scores(),
        kept.classes(),
        Optional.of(new CaseExamples(spec.id(), spec.model().task().labels().names(), examples)),
        kept.inputFingerprints(),
        session.outputs().stream().map(output -> output.name()).toList(),
        Optional.of(detail),
        Optional.empty());
  }
}
