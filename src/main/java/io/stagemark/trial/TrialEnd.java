package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.ImageSize;
import io.stagemark.dataset.Dataset;
import io.stagemark.engine.EngineSession;
import io.stagemark.result.Circumstances;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.WorkProof;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.WarmUp;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.proof.OutputFiles;
import io.stagemark.trial.sample.SampleFile;
import io.stagemark.trial.sample.Samples;
import io.stagemark.trial.sample.SizeFile;
import io.stagemark.trial.sample.StageTimes;
import io.stagemark.trial.session.CaseSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of a trial of any scenario, after the clock: what was kept is scored, the files are
 * written, and all of it becomes the outcome.
 *
 * @param readsModel whether the engine computes: its outputs depend on the inputs then
 * @param scorer has not yet received the kept outputs
 * @param session whose outputs were kept
 */
record TrialEnd(
    TrialRequest request,
    Dataset dataset,
    boolean readsModel,
    Scorer scorer,
    KeptOutputs kept,
    EngineSession session) {

  /**
   * The batches that were timed.
   *
   * @param samples of all of them, at least one
   * @param loops that timed them
   * @param wallNanos in which they were done
   * @param jvm what the JVM did meanwhile
   * @param load how they were offered
   */
  record Timed(
      Samples samples,
      List<MeasuredLoop> loops,
      long wallNanos,
      int failedBatches,
      JvmWork jvm,
      LoadFigures load) {}

  /**
   * The findings around the timed batches.
   *
   * @param preparation before them
   * @param warmup of the loop that settled last
   * @param probes after them, of the session with the worst ones
   * @param bytesPerBatch that a further batch allocates
   */
  record Around(
      Measured.Preparation preparation,
      WarmUp.Outcome warmup,
      WorkProof.Probes probes,
      double bytesPerBatch,
      Circumstances circumstances) {}

  /**
   * Scores the kept outputs, if their scores are wanted, and writes them down with the samples;
   * returns every example, none if nothing was to be scored again.
   */
  List<ExampleResult> write(Path folder, Samples samples) throws IOException {
    List<ExampleResult> examples = wantsScores() ? kept.score() : List.of();
    OutputFiles.write(folder, kept.forParity().stream().map(Observation::outputs).toList());
    SampleFile.write(folder.resolve(SampleFile.NAME), samples);
    writeSizes(folder, samples);
    NativeDigests.write(folder);
    return examples;
  }

  private boolean wantsScores() {
    return request.scoredBefore().isEmpty();
  }

  /** Writes which size each batch had, where the images give the input its size. */
  private void writeSizes(Path folder, Samples samples) throws IOException {
    if (!request.spec().model().sizesByImage()) {
      return;
    }
    List<SizeFile.Row> rows = new ArrayList<>();
    for (int example : samples.firstExamples()) {
      ImageSize size = CaseSizes.of(request.spec(), dataset.examples().get(example)).orElseThrow();
      rows.add(new SizeFile.Row(example, size));
    }
    SizeFile.write(folder.resolve(SizeFile.NAME), rows);
  }

  /**
   * Returns the outcome.
   *
   * @param examples from {@link #write}
   */
  TrialOutcome outcome(
      Timed timed, Around around, List<ExampleResult> examples, TrialDetail detail) {
    return new TrialOutcome(
        Optional.empty(),
        false,
        Optional.of(measured(timed, around)),
        wantsScores() ? kept.scores() : List.of(),
        wantsScores() ? kept.classes() : List.of(),
        wantsScores() ? kept.curves() : List.of(),
        wantsScores() ? Optional.of(caseExamples(examples)) : Optional.empty(),
        kept.inputFingerprints(),
        session.outputs().stream().map(output -> output.name()).toList(),
        Optional.of(detail),
        Optional.empty());
  }

  private CaseExamples caseExamples(List<ExampleResult> examples) {
    CaseSpec spec = request.spec();
    return new CaseExamples(spec.id(), spec.model().task().labels().names(), examples);
  }

  private Measured measured(Timed timed, Around around) {
    int batches = timed.samples().count();
    return new Measured(
        around.preparation(),
        new Measured.Window(
            batches,
            (long) batches * request.spec().batch(),
            timed.failedBatches(),
            timed.wallNanos(),
            around.bytesPerBatch(),
            StageTimes.of(timed.samples(), request.measure().window().totalFrom())),
        new Measured.Outputs(
            kept.fingerprint(),
            timed.loops().stream().mapToLong(MeasuredLoop::changedOutputs).sum()),
        SampleFile.NAME,
        Optional.of(around.circumstances()),
        Optional.of(proof(timed, around)),
        Optional.of(timed.load()),
        timed.loops().stream()
            .flatMap(loop -> loop.rotation().leftOut(Trial.ids(dataset)).stream())
            .distinct()
            .toList());
  }

  /** Each loop's batches were compared with the outputs that one visit kept. */
  private TrialProof proof(Timed timed, Around around) {
    return new TrialProof(
        TrialChecks.steadiness(around.warmup(), timed.samples(), timed.jvm()),
        TrialChecks.work(readsModel, kept.shared(), timed.loops(), around.probes()),
        ClockProbe.prove(timed.samples(), request.measure().window().totalFrom()),
        SlowBatches.of(timed.samples(), dataset.examples(), timed.loops().get(0).rotation()),
        Optional.of(kept.tally().proof(readsModel, request.spec().model().task().decoder())));
  }
}
