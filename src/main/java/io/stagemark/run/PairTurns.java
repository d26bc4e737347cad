package io.stagemark.run;

import io.stagemark.config.GateConfig;
import io.stagemark.config.GateConfig.Inject;
import io.stagemark.config.GateConfig.Side;
import io.stagemark.config.RunConfig;
import io.stagemark.data.Stage;
import io.stagemark.engine.Engine;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Live pairs: fresh JVMs of both sides, and of the baseline a second time as a control, that take
 * turns of a block each in random order. One measures while the others wait on their pipe.
 *
 * <p>Source: duet benchmarking (Bulej et al., 2020, <a
 * href="https://arxiv.org/abs/2001.05811">arXiv:2001.05811</a>); here the two take turns instead of
 * running side by side, since the cores of small machines would be shared.
 */
public final class PairTurns {
  private final GateConfig gate;
  private final Registry<Engine> engines =
      Registry.discover(Engine.class, PairTurns.class.getClassLoader());
  private final Random order;
  private int pairs;

  public PairTurns(GateConfig gate) {
    this.gate = gate;
    this.order = new Random(gate.baseline().config().measure().seed());
  }

  /**
   * What one JVM measured.
   *
   * @param times by stage, in nanoseconds
   * @param outcome scores of its own timed batches
   */
  public record Measured(Map<Stage, long[]> times, BlockOutcome outcome) {}

  /**
   * One pair.
   *
   * @param baseline the one side
   * @param candidate the other
   * @param control the baseline again, if the gate asks for it
   */
  public record Pair(Measured baseline, Measured candidate, Optional<Measured> control) {}

  /**
   * Measures the next pair.
   *
   * @throws SideFailure if a JVM of it died or hung
   */
  public Pair next() throws SideFailure, IOException, InterruptedException {
    RunFolder folder = RunFolder.temporary();
    List<BlockProcess> sides = new ArrayList<>();
    try {
      pairs++;
      List<Integer> starts = shuffled(gate.pairs().control() ? 3 : 2);
      BlockProcess[] byRole = new BlockProcess[starts.size()];
      for (int role : starts) {
        byRole[role] = start(role, folder.path());
        sides.add(byRole[role]);
        // Warm-up in turns too: two that compile at once would each do it in the other's noise.
        byRole[role].awaitReady();
      }
      for (int turn = 0; turn < gate.pairs().blocks(); turn++) {
        for (int role : shuffled(byRole.length)) {
          byRole[role].block();
        }
      }
      Measured baseline = byRole[0].end();
      Measured candidate = byRole[1].end();
      return new Pair(
          baseline,
          candidate,
          byRole.length == 3 ? Optional.of(byRole[2].end()) : Optional.empty());
    } finally {
      sides.forEach(BlockProcess::close);
      folder.delete();
    }
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
    Side side = role == 1 ? gate.candidate() : gate.baseline();
    RunConfig config = side.config();
    Optional<Inject> inject = role == 1 ? gate.inject() : Optional.empty();
    TrialRequest trial =
        new TrialRequest(
            config.cases().get(0), config.dataset(), config.measure(), config.score(), false, 0);
    String name = List.of("baseline", "candidate", "control").get(role);
    return new BlockProcess(
        name,
        side,
        new BlockRequest(trial, gate.pairs().blockBatches(), inject),
        engines.get(trial.spec().engine()).info().environment(trial.spec().settings()),
        folder.resolve("pair" + pairs + "-" + name));
  }
}
