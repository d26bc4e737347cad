package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Stage;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.report.RunResult;
import io.stagemark.report.TrialResult.Measured;
import io.stagemark.run.Schedule.Slot;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A run, from its config to its result: check what can be checked, then trial after trial in fresh
 * JVMs, writing down after each what is known.
 */
public final class BenchmarkRun {
  private static final int PARITY_EXAMPLES = 4;

  private final RunConfig config;
  private final RunListener listener;
  private final Registry<Engine> engines =
      Registry.discover(Engine.class, BenchmarkRun.class.getClassLoader());
  private final Interruption interruption = new Interruption();
  private final EngineParity parity = new EngineParity();
  private final ScoreDifferences differences = new ScoreDifferences();

  public BenchmarkRun(RunConfig config, RunListener listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * Runs every trial.
   *
   * @return what was measured, as it stands in the run's folder
   * @throws BadInputException if the data set or a device is not as the config says; nothing was
   *     measured then
   * @throws IOException if the run's folder cannot be written to
   */
  public RunResult run() throws BadInputException, IOException, InterruptedException {
    Dataset dataset = checkDataset(config);
    probeDevices();
    RunRecord record = RunRecord.start(config, dataset, engines);
    RunFolder folder = record.folder();
    List<Slot> schedule =
        Schedule.of(config.cases().size(), config.measure().trials(), config.measure().seed());
    MachineWatch machine = new MachineWatch();
    long start = System.nanoTime();
    for (int done = 0; done < schedule.size() && !interruption.stopped(); done++) {
      Slot slot = schedule.get(done);
      CaseAssembly assembly = record.assembly(slot.caseIndex());
      if (assembly.lastingFailure().isEmpty()) {
        runTrial(slot, assembly, record, machine);
      }
      if (!interruption.stopped()) {
        long perTrial = (System.nanoTime() - start) / (done + 1);
        listener.progress(line(slot, assembly, done + 1, schedule.size(), perTrial));
        record.write(RunResult.Status.RUNNING, List.of(), List.of());
      }
    }
    RunResult result =
        record.write(
            record.finalStatus(interruption.stopped()),
            parity.compare(),
            differences.compare(config.cases().stream().map(CaseSpec::id).toList()));
    folder.removeGoodTrials();
    return result;
  }

  /** Stops the run after ending the trial that is under way; what was measured is kept. */
  public void interrupt() {
    interruption.stop();
  }

  /**
   * Opens the data set of a config with every model's class names.
   *
   * @throws BadInputException with everything that is wrong with it
   */
  public static Dataset checkDataset(RunConfig config) throws BadInputException {
    Set<Problem> problems = new LinkedHashSet<>();
    Set<ModelCard> models = new LinkedHashSet<>();
    config.cases().forEach(spec -> models.add(spec.model()));
    List<Dataset> opened = new ArrayList<>();
    for (ModelCard model : models) {
      try {
        opened.add(Datasets.open(config.dataset(), model.view()));
      } catch (BadInputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(List.copyOf(problems));
    }
    return opened.get(0);
  }

  /** Asks each engine for each device that is not the processor, before the first batch. */
  private void probeDevices() throws BadInputException, IOException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (CaseSpec spec : config.cases()) {
      String device = spec.settings().device().toString();
      if (spec.settings().device().isCpu() || asked.contains(spec.engine() + device)) {
        continue;
      }
      asked.add(spec.engine() + device);
      RunFolder folder = RunFolder.temporary();
      TrialRequest request =
          new TrialRequest(spec, config.dataset(), config.measure(), config.score(), true, 0);
      TrialOutcome outcome = process(request, folder.trial(spec.id(), 0)).run(interruption);
      folder.delete();
      if (outcome.error().isPresent()) {
        problems.add(
            new Problem(
                config.file() + ": cases.device",
                "%s, for engine %s: %s".formatted(device, spec.engine(), outcome.error().get()),
                "a device that this machine and this build of the engine have",
                "device: [cpu]"));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private void runTrial(Slot slot, CaseAssembly assembly, RunRecord record, MachineWatch machine)
      throws IOException, BadInputException, InterruptedException {
    CaseSpec spec = config.cases().get(slot.caseIndex());
    RunFolder folder = record.folder();
    boolean first = !assembly.hasFigures();
    boolean comparable = engines.get(spec.engine()).info().format().isPresent();
    TrialRequest request =
        new TrialRequest(
            spec,
            config.dataset(),
            config.measure(),
            config.score(),
            false,
            first && comparable ? PARITY_EXAMPLES : 0);
    var trialFolder = folder.trial(spec.id(), slot.trial());
    TrialOutcome outcome = process(request, trialFolder).run(interruption);
    if (interruption.stopped()) {
      return;
    }
    if (outcome.measured().isEmpty()) {
      String reason = outcome.error().orElse("no figures and no reason");
      assembly.addFailure(slot.trial(), reason, outcome.lasting());
      folder.keep(trialFolder);
      listener.failure(spec.id(), slot.trial(), reason);
      return;
    }
    var samples = SampleFile.read(trialFolder.resolve(SampleFile.NAME));
    Measured figures = machine.around(outcome.measured().get());
    record.addNatives(NativeDigests.read(trialFolder));
    assembly.add(slot.trial(), folder.adoptSamples(figures, trialFolder), samples, outcome);
    if (first) {
      parity.add(spec, trialFolder, outcome);
      if (outcome.examples().isPresent()) {
        folder.writeExamples(outcome.examples().get());
        differences.add(outcome.examples().get());
      }
    }
  }

  private TrialProcess process(TrialRequest request, Path trialFolder) {
    CaseSpec spec = request.spec();
    return new TrialProcess(
        request, engines.get(spec.engine()).info().environment(spec.settings()), trialFolder);
  }

  private ProgressLine line(
      Slot slot, CaseAssembly assembly, int done, int total, long nanosPerTrial) {
    var trial =
        assembly.result().trials().stream().filter(t -> t.index() == slot.trial()).findFirst();
    var measured = trial.flatMap(t -> t.measured());
    return new ProgressLine(
        done,
        total,
        assembly.result().key().label(),
        slot.trial(),
        config.measure().trials(),
        measured.map(m -> m.batches()).orElse(0),
        measured.flatMap(m -> m.stage(Stage.TOTAL.label())).map(t -> t.quantile(50).nanos()),
        Math.round(nanosPerTrial * (double) (total - done) / 1e9));
  }
}
