package io.stagemark.gate;

import io.stagemark.compare.LivePairs;
import io.stagemark.compare.ScoredCase;
import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.config.gate.GateConfig.Inject;
import io.stagemark.config.gate.GateConfig.Side;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Stage;
import io.stagemark.engine.Engine;
import io.stagemark.machine.LoadWatch;
import io.stagemark.machine.SystemFiles;
import io.stagemark.output.OutputException;
import io.stagemark.output.OutputTree;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.SharedCore;
import io.stagemark.run.input.RunInputs;
import io.stagemark.run.record.RunFolder;
import io.stagemark.spi.Registry;
import io.stagemark.stats.JudgedPercentile;
import io.stagemark.trial.TrialRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Live pairs: fresh JVMs of both sides, and of the baseline a second time as a control, that take
 * turns of a block each in random order. One measures while the others wait on their pipe. The raw
 * samples of every pair stay in the gate's report folder, {@code samples/pair01-baseline.npy} and
 * on.
 *
 * <p>Source: duet benchmarking (Bulej et al., 2020, <a
 * href="https://arxiv.org/abs/2001.05811">arXiv:2001.05811</a>); here the two take turns instead of
 * running side by side, since the cores of small machines would be shared.
 */
final class PairTurns implements LivePairs {
  private static final int CANDIDATE = 1;
  private static final List<String> ROLES = List.of("baseline", "candidate", "control");

  private final GateConfig gate;
  private final List<RunInputs> inputs;
  private final Registry<Engine> engines =
      Registry.discover(Engine.class, PairTurns.class.getClassLoader());
  private final Random order;
  private final SystemFiles machine = SystemFiles.ofThisMachine();
  private final List<BlockProcess> running = new CopyOnWriteArrayList<>();
  private final Pinning pinning;
  private final OutputTree output;
  private volatile boolean interrupted;
  private int pairs;

  /**
   * @param baseline what the baseline's run begins with
   * @param candidate what the candidate's run begins with
   */
  PairTurns(GateConfig gate, RunInputs baseline, RunInputs candidate) {
    this.gate = gate;
    this.inputs = List.of(baseline, candidate);
    this.order = new Random(gate.baseline().config().measure().seed());
    this.pinning = pinning(gate, machine);
    this.output = OutputTree.of(gate.output());
  }

  private static Pinning pinning(GateConfig gate, SystemFiles machine) {
    if (!gate.pairs().pin()) {
      return Pinning.none(machine, "switched off (pairs.pin)");
    }
    List<RunConfig> configs = List.of(gate.baseline().config(), gate.candidate().config());
    Set<String> tied =
        configs.stream()
            .flatMap(config -> config.measure().load().cpuAffinity().stream())
            .collect(Collectors.toSet());
    if (!tied.isEmpty()) {
      return Pinning.none(machine, "measure.cpuAffinity ties the sides");
    }
    Optional<String> allowed = machine.field("proc/self/status", "Cpus_allowed_list");
    return allowed.isPresent()
        ? Pinning.of(machine, allowed.get(), threads(gate))
        : Pinning.none(machine, "the system does not report its processors");
  }

  /**
   * Asks each build that is not this program whether it can be a side.
   *
   * @throws BadInputException if one cannot
   */
  void checkBuilds() throws BadInputException, IOException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    RunFolder folder = RunFolder.temporary();
    try {
      for (int role = 0; role <= CANDIDATE; role++) {
        if (!side(role).classPath().isEmpty() || side(role).jdk().isPresent()) {
          String name = ROLES.get(role);
          BuildCheck.problem(
                  name, side(role), request(role), environment(role), folder.path().resolve(name))
              .ifPresent(problems::add);
        }
      }
    } finally {
      folder.delete();
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  /**
   * The measurement of one JVM.
   *
   * @param times by stage, in nanoseconds, of the batches that are judged
   * @param outcome scores of its own timed batches
   * @param samples the file that keeps the times
   */
  record Measured(Map<Stage, long[]> times, BlockOutcome outcome, Path samples) {}

  /** Ends the pair under way and every later one as failed; from any thread. */
  void interrupt() {
    interrupted = true;
    running.forEach(BlockProcess::kill);
  }

  @Override
  public Pair next(boolean control) throws Failed, IOException, InterruptedException {
    RunFolder folder = RunFolder.temporary();
    try {
      pairs++;
      requireSameInputs();
      Pair pair = measured(folder.path(), control);
      requireSameInputs(); // what changed meanwhile may be what was measured
      return pair;
    } catch (SideFailure | OutputException e) {
      // what was measured before is compared all the same
      throw new Failed(interrupted ? new SideFailure("interrupted, in pair " + pairs) : e);
    } finally {
      running.forEach(BlockProcess::close);
      running.clear();
      folder.delete();
    }
  }

  private void requireSameInputs() throws SideFailure, IOException {
    for (int role = 0; role <= CANDIDATE; role++) {
      Optional<String> change = inputs.get(role).change(side(role).config().cases().get(0));
      if (change.isPresent()) {
        throw new SideFailure("%s, in pair %d: %s".formatted(ROLES.get(role), pairs, change.get()));
      }
    }
  }

  private Pair measured(Path folder, boolean control)
      throws SideFailure, IOException, InterruptedException {
    List<Integer> starts = shuffled(control ? 3 : 2);
    BlockProcess[] sides = new BlockProcess[starts.size()];
    for (int role : starts) {
      sides[role] = start(role, folder);
      running.add(sides[role]);
      if (interrupted) {
        sides[role].kill(); // the interruption may have come before this side was in the list
      }
    }
    for (BlockProcess side : sides) {
      side.awaitLoaded();
    }
    warm(starts, sides);
    LoadWatch watch = LoadWatch.start(machine);
    for (int turn = 0; more(turn, sides); turn++) {
      for (int role : shuffled(sides.length)) {
        sides[role].block();
      }
    }
    OptionalDouble steal = watch.stop().stealShare();
    for (BlockProcess side : sides) {
      side.end(); // all at once: nothing is measured any more
    }
    List<QuietBatches.Side> ended = new ArrayList<>();
    for (int role = 0; role < sides.length; role++) {
      ended.add(sides[role].awaitEnd(output, samples(role)));
    }
    QuietBatches quiet = new QuietBatches(ended, JudgedPercentile.neededAsFor(wanted()));
    List<Measured> judged = quiet.judged();
    Measured baseline = judged.get(0);
    Measured candidate = judged.get(CANDIDATE);
    Optional<Measured> again = judged.stream().skip(2).findFirst();
    PairRecord record =
        new PairRecord(
            file(baseline),
            file(candidate),
            again.map(this::file),
            steal,
            footprints(baseline, candidate),
            Optional.of(pinning.text()),
            quiet.probed()
                ? Optional.of(
                    new SharedCore(
                        ended.get(0).sharedShare(), ended.get(1).sharedShare(), quiet.leftOut()))
                : Optional.empty());
    return new Pair(
        baseline.times(),
        candidate.times(),
        again.map(Measured::times),
        scored(gate.baseline(), baseline),
        scored(gate.candidate(), candidate),
        record);
  }

  /**
   * Warms up as many sides at once as there are processors for their threads: more would slow each
   * other down until the warm-up's time is over.
   */
  private void warm(List<Integer> starts, BlockProcess[] sides)
      throws SideFailure, IOException, InterruptedException {
    int together = Math.max(1, Runtime.getRuntime().availableProcessors() / threads(gate));
    for (int from = 0; from < starts.size(); from += together) {
      List<Integer> now = starts.subList(from, Math.min(starts.size(), from + together));
      for (int role : now) {
        sides[role].warm();
      }
      for (int role : now) {
        sides[role].awaitWarm(pinning);
      }
    }
  }

  /** The most threads that a side computes with. */
  private static int threads(GateConfig gate) {
    return Stream.of(gate.baseline(), gate.candidate())
        .mapToInt(side -> side.config().cases().get(0).settings().threads())
        .max()
        .orElseThrow();
  }

  /** A path in JSON has slashes on every system. */
  private String file(Measured measured) {
    return gate.output().relativize(measured.samples()).toString().replace('\\', '/');
  }

  private static Optional<PairFootprints> footprints(Measured baseline, Measured candidate) {
    return baseline
        .outcome()
        .footprint()
        .flatMap(
            before ->
                candidate.outcome().footprint().map(after -> new PairFootprints(before, after)));
  }

  private static ScoredCase scored(Side side, Measured measured) {
    return new ScoredCase(
        side.config().cases().get(0).id(),
        measured.outcome().scores(),
        measured.outcome().examples(),
        Optional.of(measured.outcome().fingerprint()).filter(f -> measured.outcome().complete()));
  }

  /** Further turns replace batches that ran on a shared core, up to twice as many. */
  private boolean more(int turns, BlockProcess[] sides) {
    int blocks = gate.pairs().blocks();
    return turns < blocks
        || (turns < 2 * blocks
            && Arrays.stream(sides).anyMatch(side -> side.quietBatches() < wanted()));
  }

  private int wanted() {
    return gate.pairs().blocks() * gate.pairs().blockBatches();
  }

  private String samples(int role) {
    return "samples/pair%02d-%s.npy".formatted(pairs, ROLES.get(role));
  }

  private List<Integer> shuffled(int count) {
    List<Integer> roles = new ArrayList<>();
    for (int role = 0; role < count; role++) {
      roles.add(role);
    }
    Collections.shuffle(roles, order);
    return roles;
  }

  private BlockProcess start(int role, Path folder) throws IOException {
    String name = ROLES.get(role);
    return new BlockProcess(
        name,
        side(role),
        request(role),
        environment(role),
        folder.resolve("pair" + pairs + "-" + name));
  }

  private Side side(int role) {
    return role == CANDIDATE ? gate.candidate() : gate.baseline();
  }

  private BlockRequest request(int role) {
    RunConfig config = side(role).config();
    CaseSpec spec = config.cases().get(0);
    // The other sides add no work, but warm up and call through as many layers as the candidate.
    Optional<Inject> inject =
        role == CANDIDATE ? gate.inject() : gate.inject().map(i -> new Inject(i.stage(), 0));
    TrialRequest trial =
        new TrialRequest(
            spec,
            inputs.get(role == CANDIDATE ? CANDIDATE : 0).dataset(spec),
            config.measure(),
            config.score(),
            false,
            0);
    return new BlockRequest(trial, gate.pairs().blockBatches(), inject);
  }

  private Map<String, String> environment(int role) {
    CaseSpec spec = side(role).config().cases().get(0);
    return engines.get(spec.engine()).info().environment(spec.settings());
  }
}
