package io.stagemark.cli;

import io.stagemark.compare.LiveComparison;
import io.stagemark.compare.LivePairs;
import io.stagemark.compare.LiveSides;
import io.stagemark.compare.ScoredCase;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.config.gate.GateReader;
import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.gate.GateCounts;
import io.stagemark.gate.GateFolder;
import io.stagemark.gate.PairTurns;
import io.stagemark.gate.SideFailure;
import io.stagemark.output.OutputException;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.SharedCore;
import io.stagemark.result.comparison.Side;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.run.input.RunInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs baseline and candidate live, in turns, and judges. */
@Command(
    name = "gate",
    description = "Runs baseline and candidate live, in turns, and says whether one is slower.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./stagemark gate configs/gate-example.yaml --format markdown",
      "",
      "Exit code: 0 nothing regressed, 1 a gated metric regressed, 2 bad input, 3 a JVM of either",
      "side failed or Ctrl-C (what was measured is in the report), 4 no verdict (with --strict)."
    })
final class GateCommand implements Callable<Integer>, LivePairs.Progress {
  private static final int SECONDS_TO_WRITE_DOWN = 30;

  @Parameters(paramLabel = "CONFIG", description = "YAML file, such as configs/gate-example.yaml")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "console, markdown, junit, json or a plugin's (default: console)")
  private String format = "console";

  @Option(names = "--strict", description = "no verdict fails too (exit code 4)")
  private boolean strict;

  @Spec private CommandSpec spec;

  private final ComparisonRenderer renderer = new ComparisonRenderer();
  private long start;
  private int measured;

  @Override
  @SuppressWarnings("try") // the folder is held, not used
  public Integer call() throws Exception {
    renderer.check(List.of(format));
    GateConfig gate = new GateReader(ConfigSource.catalog()).read(file);
    RunInputs before = RunInputs.begin(gate.baseline().config());
    RunInputs after = RunInputs.begin(gate.candidate().config());
    GateFolder.check(gate.output());
    LiveSides sides =
        new LiveSides(
            side("baseline", gate.baseline(), Optional.empty()),
            side("candidate", gate.candidate(), gate.inject()),
            GateCounts.of(gate.baseline().config().cases().get(0)),
            GateCounts.of(gate.candidate().config().cases().get(0)));
    PairTurns turns = new PairTurns(gate, before, after);
    turns.checkBuilds();
    try (GateFolder folder = GateFolder.take(gate.output())) {
      return measured(gate, turns, sides);
    }
  }

  @SuppressWarnings("try") // the work is closed, not used
  private int measured(GateConfig gate, PairTurns turns, LiveSides sides)
      throws IOException, InterruptedException, BadInputException {
    start = System.nanoTime();
    // Ctrl-C loses the pair under way alone
    try (ProgramEnd.Work work =
        ProgramEnd.work(turns::interrupt, () -> true, SECONDS_TO_WRITE_DOWN)) {
      Comparison comparison =
          LiveComparison.compare(
              gate,
              control -> pair(gate, turns, control),
              this,
              sides,
              "./stagemark gate " + PortablePaths.ofCommand().argument(file));
      renderer.print(
          format, comparison, spec.commandLine().getOut()); // first: it needs no room on a disk
      renderer.write(gate.output(), comparison);
      spec.commandLine()
          .getErr()
          .println(PlainText.line(gate.output() + ": comparison.json, .md, .xml, samples/"));
      return ExitCode.of(comparison, strict);
    }
  }

  private static LivePairs.Pair pair(GateConfig gate, PairTurns turns, boolean control)
      throws LivePairs.Failed, IOException, InterruptedException {
    try {
      PairTurns.Pair pair = turns.next(control);
      return new LivePairs.Pair(
          pair.baseline().times(),
          pair.candidate().times(),
          pair.control().map(PairTurns.Measured::times),
          scored(gate.baseline(), pair.baseline()),
          scored(gate.candidate(), pair.candidate()),
          record(gate, pair));
    } catch (SideFailure | OutputException e) {
      throw new LivePairs.Failed(e); // what was measured before is compared all the same
    }
  }

  private static PairRecord record(GateConfig gate, PairTurns.Pair pair) {
    return new PairRecord(
        shown(gate, pair.baseline()),
        shown(gate, pair.candidate()),
        pair.control().map(control -> shown(gate, control)),
        pair.stealShare(),
        pair.baseline()
            .outcome()
            .footprint()
            .flatMap(
                before ->
                    pair.candidate()
                        .outcome()
                        .footprint()
                        .map(after -> new PairFootprints(before, after))),
        Optional.of(pair.placement()),
        pair.sharedCore().map(s -> new SharedCore(s.baseline(), s.candidate(), s.leftOut())));
  }

  /** A path in JSON has slashes on every system. */
  private static String shown(GateConfig gate, PairTurns.Measured measured) {
    return gate.output().relativize(measured.samples()).toString().replace('\\', '/');
  }

  private static ScoredCase scored(GateConfig.Side side, PairTurns.Measured measured) {
    return new ScoredCase(
        side.config().cases().get(0).id(),
        measured.outcome().scores(),
        measured.outcome().examples(),
        Optional.of(measured.outcome().fingerprint()).filter(f -> measured.outcome().complete()));
  }

  private static Side side(String role, GateConfig.Side side, Optional<GateConfig.Inject> inject) {
    PortablePaths paths = PortablePaths.ofRun(side.config().file());
    List<String> what = new ArrayList<>(side.changes().stream().map(paths::setting).toList());
    if (!side.classPath().isEmpty()) {
      what.add("class path " + PortablePaths.ofCommand().of(side.classPath().get(0)));
    }
    inject.ifPresent(
        i -> what.add("SELF-TEST: %s %% injected in %s".formatted(i.percent(), i.stage().label())));
    return new Side(
        what.isEmpty() ? role : role + " (" + String.join(", ", what) + ")",
        side.config().cases().get(0).id(),
        Instant.now().toString(),
        Runtime.getRuntime().availableProcessors() + " cores, both sides on this machine",
        "JDK " + Runtime.version());
  }

  @Override
  public void pair(String phase, int done, int of, int left) {
    measured++;
    double seconds = (System.nanoTime() - start) / 1e9;
    spec.commandLine()
        .getErr()
        .println(
            "%s pair %s of %s · %.0f s so far · at most %.0f s to go"
                .formatted(phase, done, of, seconds, seconds / measured * left));
  }
}
