package io.stagemark.shard;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.config.MeasureSettings.Limits;
import io.stagemark.config.RunConfig;
import io.stagemark.dataset.Dataset;
import io.stagemark.engine.Engine;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.input.RunInputs;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.process.TrialProcess;
import io.stagemark.run.record.RunFolder;
import io.stagemark.spi.Registry;
import io.stagemark.trial.ScoredPart;
import io.stagemark.trial.TrialOutcome;
import io.stagemark.trial.TrialRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Scores each case in a JVM of its own, like a trial's. */
public final class TrialPass implements CasePass {
  /** A week: nothing waits for a shard as for a trial. */
  private static final int MAX_SECONDS = 7 * 24 * 3600;

  private final RunConfig config;
  private final Registry<Engine> engines =
      Registry.discover(Engine.class, TrialPass.class.getClassLoader());
  private final Interruption interruption = new Interruption();

  public TrialPass(RunConfig config) {
    this.config = config;
  }

  /** Ends the process that scores. */
  public void interrupt() {
    interruption.stop();
  }

  @Override
  public Found score(CaseSpec spec, RunInputs inputs, Dataset share)
      throws ShardRun.FailedException, IOException, InterruptedException {
    RunFolder temporary = RunFolder.temporary();
    try {
      Path child = temporary.freshTrial(spec.id(), 1);
      TrialRequest request =
          TrialRequest.scorePass(
              spec, inputs.dataset(spec), unlimited(config.measure()), config.score());
      Map<String, String> variables =
          engines.get(spec.engine()).info().environment(spec.settings());
      TrialOutcome outcome =
          inputs.guarded(
              spec,
              child,
              () ->
                  new TrialProcess(request, variables, child)
                      .run(interruption, (phase, seconds) -> {}));
      if (outcome.error().isPresent()) {
        throw new ShardRun.FailedException(outcome.error().get());
      }
      return new Found(
          ResultFiles.read(child.resolve(ScoredPart.FILE), ScoredPart.class),
          Files.readAllBytes(child.resolve(request.stateFile().orElseThrow())));
    } finally {
      temporary.delete();
    }
  }

  private static MeasureSettings unlimited(MeasureSettings measure) {
    return new MeasureSettings(
        measure.trials(),
        measure.goal(),
        measure.warmup(),
        measure.window(),
        measure.seed(),
        new Limits(MAX_SECONDS, measure.limits().heapMiB()),
        measure.extras(),
        measure.load());
  }
}
