package io.stagemark.gate;

import io.stagemark.compare.LiveComparison;
import io.stagemark.compare.LivePairs;
import io.stagemark.compare.LiveSides;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Side;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.run.input.RunInputs;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A live gate: checked as a whole before anything is measured, then pairs of JVMs until the
 * comparison has its verdicts. It holds its output folder until it is closed.
 */
public final class LiveGate implements AutoCloseable {
  private final GateConfig gate;
  private final LiveSides sides;
  private final PairTurns turns;
  private final GateFolder folder;

  private LiveGate(GateConfig gate, LiveSides sides, PairTurns turns, GateFolder folder) {
    this.gate = gate;
    this.sides = sides;
    this.turns = turns;
    this.folder = folder;
  }

  /**
   * Checks both sides and takes the output folder.
   *
   * @throws BadInputException if a side's data set, model or build is not as it has to be, or
   *     something of the user's is in the way in the output folder; nothing was changed then
   * @throws IOException if the output folder cannot be written to
   */
  public static LiveGate open(GateConfig gate)
      throws BadInputException, IOException, InterruptedException {
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
    return new LiveGate(gate, sides, turns, GateFolder.take(gate.output()));
  }

  /**
   * Measures pairs until no further one could change a verdict.
   *
   * @param progress is called after each pair
   * @param command that repeats the gate, for the record
   */
  public Comparison compare(LivePairs.Progress progress, String command)
      throws IOException, InterruptedException {
    return LiveComparison.compare(gate, turns, progress, sides, command);
  }

  /** Ends the pair under way and every later one as failed; from any thread. */
  public void interrupt() {
    turns.interrupt();
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
  public void close() throws IOException {
    folder.close();
  }
}
