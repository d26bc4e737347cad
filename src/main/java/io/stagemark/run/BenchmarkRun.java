package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.engine.Engine;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.Schedule.Slot;
import io.stagemark.run.input.RunDatasets;
import io.stagemark.run.input.RunInputs;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.process.TrialProcess;
import io.stagemark.run.progress.Progress;
import io.stagemark.run.progress.RunListener;
import io.stagemark.run.record.CaseAssembly;
import io.stagemark.run.record.EngineParity;
import io.stagemark.run.record.EnvironmentProbe;
import io.stagemark.run.record.RunFolder;
import io.stagemark.run.record.RunLock;
import io.stagemark.run.record.RunOptions;
import io.stagemark.run.record.RunRecord;
import io.stagemark.run.record.ScoreDifferences;
import io.stagemark.spi.Registry;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.trial.MachineWatch;
import io.stagemark.trial.NativeDigests;
import io.stagemark.trial.TrialOutcome;
import io.stagemark.trial.TrialRequest;
import io.stagemark.trial.sample.TrialSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run, from its config to its result: checks the input, then runs trial after trial in fresh JVMs
 * and writes the result after each.
 */
public final class BenchmarkRun {
  /** How much longer than its time a run may take for the trials that an interval needs. */
  private static final double LATER_FOR_AN_INTERVAL = 1.25;

  private static final int PARITY_EXAMPLES = 4;

  private final RunConfig config;
  private final RunOptions options;
  private final RunListener listener;
  private final Registry<Engine> engines =
      Registry.discover(Engine.class, BenchmarkRun.class.getClassLoader());
  private final Interruption interruption;
  private final EngineParity parity = new EngineParity();
  private final ScoreDifferences differences = new ScoreDifferences();
  private volatile boolean begun;

  public BenchmarkRun(RunConfig config, RunOptions options, RunListener listener) {
    this(config, options, listener, new Interruption());
  }

  /**
   * @param interruption of another run that this one is a part of
   */
  public BenchmarkRun(
      RunConfig config, RunOptions options, RunListener listener, Interruption interruption) {
    this.config = config;
    this.options = options;
    this.listener = listener;
    this.interruption = interruption;
  }

  /**
   * Runs every trial.
   *
   * @return the result, equal to {@code result.json} in the run's folder
   * @throws BadInputException if the data set or a device is not as the config says, or a file of
   *     the user's is in the output folder; nothing was measured then
   * @throws IOException if the run's folder cannot be written to; it is named
   */
  @SuppressWarnings("try") // the lock is held, not used
  public RunResult run() throws BadInputException, IOException, InterruptedException {
    Map<ModelCard, Dataset> datasets = checked(config, options.resume());
    RunInputs inputs = RunInputs.begin(config, datasets);
    RunDatasets.joined(datasets).notes().forEach(listener::note);
    probeDevices();
    try (RunLock lock = RunLock.take(config.output())) {
      MachineWatch machine = new MachineWatch();
      options
          .calibration()
          .prepare(new EnvironmentProbe(config, engines).probe(), listener, interruption);
      RunRecord record =
          RunRecord.start(config, options, inputs, RunDatasets.joined(datasets), engines);
      try {
        return run(record, machine);
      } catch (BadInputException | IOException e) {
        throw record.folder().ended(e); // the input was good: files of the run are lost
      }
    }
  }

  private RunResult run(RunRecord record, MachineWatch machine)
      throws BadInputException, IOException, InterruptedException {
    if (record.finished().isPresent()) {
      removeGoodTrials(record);
      return record.finished().get();
    }
    Schedule order = new Schedule(config.measure().seed());
    long start = System.nanoTime();
    List<Slot> round = order.rounds(config.cases().size(), config.measure().trials());
    Progress progress = new Progress(listener, config.measure(), round.size());
    begun = true; // from here on there is a run to resume
    record.write(RunResult.Status.RUNNING, List.of(), List.of());
    machine.begin();
    while (!round.isEmpty() && !interruption.stopped()) {
      for (int next = 0; next < round.size() && !interruption.stopped(); next++) {
        step(round.get(next), record, machine, progress);
      }
      round = order.shuffled(imprecise(record, start));
      progress.add(round.size());
    }
    profileOperators(record);
    RunResult result =
        record.write(
            record.finalStatus(interruption.stopped()),
            parity.compare(),
            differences.compare(config.cases().stream().map(CaseSpec::id).toList()));
    if (result.status() == RunResult.Status.COMPLETE) {
      removeGoodTrials(record);
    }
    return result;
  }

  private void step(Slot slot, RunRecord record, MachineWatch machine, Progress progress)
      throws BadInputException, IOException, InterruptedException {
    CaseAssembly assembly = record.assembly(slot.caseIndex());
    double seconds = 0;
    if (assembly.lastingFailure().isEmpty()) {
      seconds = trial(slot, assembly, record, machine, progress);
    }
    if (!interruption.stopped()) {
      progress.ended(assembly.result(), slot.trial(), seconds);
      record.write(RunResult.Status.RUNNING, List.of(), List.of());
    }
    // After the listener was called: the certification reads what an engine left there.
    String caseId = config.cases().get(slot.caseIndex()).id();
    record.folder().endTrial(caseId, slot.trial());
  }

  /**
   * Returns one more trial for each case that is not as precise as asked for, and may have one:
   * none that is expected to end too late. The trials that an interval needs may take longer: a
   * figure without one says little.
   */
  private List<Slot> imprecise(RunRecord record, long startNanos) {
    Goal goal = config.measure().goal();
    double minutes = (System.nanoTime() - startNanos) / 60e9;
    List<Slot> round = new ArrayList<>();
    int trials = 0;
    for (int i = 0; i < config.cases().size(); i++) {
      trials += record.assembly(i).trialCount();
    }
    double perRound = minutes / Math.max(1, trials) * config.cases().size();
    for (int i = 0; i < config.cases().size(); i++) {
      CaseAssembly assembly = record.assembly(i);
      boolean few = assembly.trialCount() < RepeatInterval.MIN_TRIALS;
      double most = goal.maxMinutes() * (few ? LATER_FOR_AN_INTERVAL : 1);
      if (minutes + perRound <= most
          && assembly.lastingFailure().isEmpty()
          && assembly.trialCount() < goal.maxTrials()
          && goal.precision().filter(asked -> !assembly.reached(asked)).isPresent()) {
        round.add(new Slot(i, assembly.trialCount() + 1));
      }
    }
    return round;
  }

  private void removeGoodTrials(RunRecord record) throws IOException {
    for (String left : record.folder().removeGoodTrials()) {
      listener.note(record.folder().file(left) + ": left, there are files in it that no run wrote");
    }
  }

  /** Returns whether there is something of this run in its folder. */
  public boolean hasBegun() {
    return begun;
  }

  /** Stops the run after ending the trial that is under way; what was measured is kept. */
  public void interrupt() {
    interruption.stop();
  }

  /**
   * Looks whether a config can be run: at its data set, whose truth must fit the scores and every
   * model's class names, and at the output folder.
   *
   * @param resume whether a run in the output folder goes on
   * @throws BadInputException with everything that is wrong with them
   */
  public static Dataset check(RunConfig config, boolean resume) throws BadInputException {
    return RunDatasets.joined(checked(config, resume));
  }

  private static Map<ModelCard, Dataset> checked(RunConfig config, boolean resume)
      throws BadInputException {
    List<Problem> output = RunFolder.problems(config.output(), resume);
    try {
      Map<ModelCard, Dataset> datasets = RunDatasets.open(config);
      if (output.isEmpty()) {
        return datasets;
      }
    } catch (BadInputException e) {
      List<Problem> all = new ArrayList<>(e.problems());
      all.addAll(output);
      throw new BadInputException(all);
    }
    throw new BadInputException(output);
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
      TrialOutcome outcome =
          process(request, folder.freshTrial(spec.id(), 0)).run(interruption, (p, s) -> {});
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

  /** Takes over a trial that is whole, or runs it; returns the time that it took, in seconds. */
  private double trial(
      Slot slot, CaseAssembly assembly, RunRecord record, MachineWatch machine, Progress progress)
      throws IOException, BadInputException, InterruptedException {
    String caseId = config.cases().get(slot.caseIndex()).id();
    Optional<TrialOutcome> whole =
        options.resume() ? record.folder().whole(caseId, slot.trial()) : Optional.empty();
    // one that left its scores to an earlier trial, which is lost, is measured again
    if (whole.isPresent() && (assembly.hasFigures() || whole.get().hasScores())) {
      adopt(slot, assembly, record, whole.get());
      return 0;
    }
    long start = System.nanoTime();
    runTrial(slot, assembly, record, machine, progress);
    return (System.nanoTime() - start) / 1e9;
  }

  private void runTrial(
      Slot slot, CaseAssembly assembly, RunRecord record, MachineWatch machine, Progress progress)
      throws IOException, BadInputException, InterruptedException {
    CaseSpec spec = config.cases().get(slot.caseIndex());
    RunFolder folder = record.folder();
    TrialRequest request = request(slot, assembly, record);
    CaseResult before = assembly.result();
    Path trialFolder = folder.freshTrial(spec.id(), slot.trial());
    TrialOutcome outcome =
        record
            .inputs()
            .guarded(
                spec,
                trialFolder,
                () ->
                    process(request, trialFolder)
                        .run(
                            interruption,
                            (phase, seconds) ->
                                progress.waiting(before, slot.trial(), phase, seconds)));
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
    TrialOutcome observed = outcome.with(machine.around(outcome.measured().get()));
    // Written again, so that a run that is resumed knows the machine's state too.
    ResultFiles.write(trialFolder.resolve(TrialOutcome.FILE), observed);
    adopt(slot, assembly, record, observed);
  }

  /**
   * The first good trial of a case is scored and compared between engines, the others are timed.
   */
  private TrialRequest request(Slot slot, CaseAssembly assembly, RunRecord record) {
    CaseSpec spec = config.cases().get(slot.caseIndex());
    DatasetSettings dataset = record.inputs().dataset(spec);
    MeasureSettings measure = config.measure().withSeed(config.measure().seed() + slot.trial());
    if (assembly.hasFigures()) {
      return TrialRequest.after(assembly.firstGood(), spec, dataset, measure, config.score());
    }
    boolean comparable = engines.get(spec.engine()).info().format().isPresent();
    return new TrialRequest(
        spec, dataset, measure, config.score(), false, comparable ? PARITY_EXAMPLES : 0);
  }

  /** Puts a good trial into the result; what it left in its folder stays until the run is whole. */
  private void adopt(Slot slot, CaseAssembly assembly, RunRecord record, TrialOutcome outcome)
      throws IOException, BadInputException {
    CaseSpec spec = config.cases().get(slot.caseIndex());
    RunFolder folder = record.folder();
    boolean first = !assembly.hasFigures();
    Path trialFolder = folder.trial(spec.id(), slot.trial());
    record.addNatives(NativeDigests.read(trialFolder));
    Measured figures =
        folder.adoptSamples(outcome.measured().orElseThrow(), trialFolder, spec.id(), slot.trial());
    assembly.add(slot.trial(), figures, TrialSamples.read(folder.file(figures.samples())), outcome);
    if (first) {
      parity.add(spec, trialFolder, outcome);
      if (outcome.examples().isPresent()) {
        folder.writeExamples(outcome.examples().get());
        differences.add(outcome.examples().get());
      }
    }
  }

  /** After the trials, so that nothing of it is in a measurement. */
  private void profileOperators(RunRecord record) throws IOException, InterruptedException {
    for (int i = 0; i < config.cases().size() && !interruption.stopped(); i++) {
      CaseAssembly assembly = record.assembly(i);
      CaseSpec spec = config.cases().get(i);
      boolean hasFile = engines.get(spec.engine()).info().format().isPresent();
      if (hasFile && assembly.wantsOperatorPass()) {
        Path passFolder = record.folder().freshTrial(spec.id(), 0);
        TrialRequest request = TrialRequest.operatorPass(spec, config.dataset(), config.measure());
        TrialOutcome outcome =
            record
                .inputs()
                .guarded(
                    spec,
                    passFolder,
                    () -> process(request, passFolder).run(interruption, (phase, seconds) -> {}));
        if (outcome.operators().isPresent()) {
          String perOp = record.folder().adoptOperators(spec.id(), passFolder);
          assembly.addOperators(outcome.operators().get(), perOp);
        } else if (!interruption.stopped()) {
          assembly.addOperatorFailure(outcome.error().orElse("no figures and no reason"));
        }
      }
    }
  }

  private TrialProcess process(TrialRequest request, Path trialFolder) {
    CaseSpec spec = request.spec();
    return new TrialProcess(
        request, engines.get(spec.engine()).info().environment(spec.settings()), trialFolder);
  }
}
