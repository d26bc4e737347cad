package io.stagemark.config.gate;

import io.stagemark.config.RunConfig;
import io.stagemark.data.Jdk;
import io.stagemark.data.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A live gate, resolved: what takes turns with what, and how often.
 *
 * @param name names the report's folder
 * @param baseline what is there; one case
 * @param candidate what is new; one case
 * @param policy margins and gates
 * @param pairs how much is measured
 * @param inject a self-test: work added to the candidate; empty in real use
 * @param output folder that the report goes to
 */
public record GateConfig(
    String name,
    Side baseline,
    Side candidate,
    Policy policy,
    Pairs pairs,
    Optional<Inject> inject,
    Path output) {

  /**
   * One side.
   *
   * @param home the checkout that it is
   * @param config of its run; its one case is measured
   * @param classPath of its JVM; empty for that of this program
   * @param jdk of its JVM; empty for that of this program
   * @param changes overrides of the run's config, as they were written
   */
  public record Side(
      Path home, RunConfig config, List<Path> classPath, Optional<Jdk> jdk, List<String> changes) {
    public Side {
      classPath = List.copyOf(classPath);
      changes = List.copyOf(changes);
    }
  }

  /**
   * How much is measured.
   *
   * @param screen pairs before anything is decided
   * @param confirm further pairs at most, where something moved or could have been missed
   * @param blocks turns of each side in a pair
   * @param blockBatches batches in a turn
   * @param control whether the baseline also runs against itself once something moved, as a third
   *     JVM in every third pair
   * @param pin whether the threads that measure get processors of their own, where there are enough
   */
  public record Pairs(
      int screen, int confirm, int blocks, int blockBatches, boolean control, boolean pin) {}

  /**
   * Work added to one stage of the candidate, to test that the gate finds it.
   *
   * @param stage which
   * @param percent of the stage's own p50; 0 adds nothing
   */
  public record Inject(Stage stage, double percent) {}
}
