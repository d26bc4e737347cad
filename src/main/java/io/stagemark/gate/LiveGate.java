package io.stagemark.gate;

import io.stagemark.compare.LiveComparison;
import io.stagemark.compare.LivePairs;
import io.stagemark.compare.LiveSides;
import io.stagemark.config.RunConfig;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Jdk;
import io.stagemark.dataset.Dataset;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Side;
import io.stagemark.run.input.RunInputs;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    SharedExamples examples = SharedExamples.of(gate);
    RunInputs before = begin(gate.baseline(), examples.baseline());
    RunInputs after = begin(gate.candidate(), examples.candidate());
    GateFolder.check(gate.output());
    Optional<String> was = GitRevision.of(gate.baseline().home());
    Optional<String> is = GitRevision.of(gate.candidate().home());
    SideChanges changes = new SideChanges(gate);
    changes.revisions(was, is);
    changes.configs();
    changes.modelFiles(before.modelDigests(), after.modelDigests());
    changes.data(examples.changes());
    changes.builds();
    changes.jdks();
    changes.injected();
    LiveSides sides =
        new LiveSides(
            side("baseline", gate.baseline(), Optional.empty(), was),
            side("candidate", gate.candidate(), gate.inject(), is),
            changes.list(),
            GateCounts.of(gate.baseline().config().cases().get(0), examples.baseline().examples()),
            GateCounts.of(
                gate.candidate().config().cases().get(0), examples.candidate().examples()));
    PairTurns turns = new PairTurns(gate, before, after);
    turns.checkBuilds();
    return new LiveGate(gate, sides, turns, GateFolder.take(gate.output()));
  }

  private static RunInputs begin(GateConfig.Side side, Dataset examples)
      throws BadInputException, IOException {
    RunConfig config = side.config();
    return RunInputs.begin(config, Map.of(config.cases().get(0).model(), examples));
  }

  /** Returns what differs between the two sides; none where all is the same. */
  public List<Change> changes() {
    return sides.changes();
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

  private static Side side(
      String role,
      GateConfig.Side side,
      Optional<GateConfig.Inject> inject,
      Optional<String> revision) {
    List<String> what = new ArrayList<>(revision.stream().toList());
    inject.ifPresent(
        i -> what.add("SELF-TEST: %s %% injected in %s".formatted(i.percent(), i.stage().label())));
    return new Side(
        what.isEmpty() ? role : role + " (" + String.join(", ", what) + ")",
        side.config().cases().get(0).id(),
        Instant.now().toString(),
        Runtime.getRuntime().availableProcessors() + " cores, both sides on this machine",
        side.jdk().orElseGet(Jdk::running).toString(),
        revision);
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
