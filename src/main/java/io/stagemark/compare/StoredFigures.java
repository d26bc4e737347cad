package io.stagemark.compare;

import io.stagemark.compare.history.RunFigures;
import io.stagemark.compare.history.RunFigures.Figure;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.MachineRecord;
import io.stagemark.stats.JudgedPercentile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The figures that the history keeps of a stored run. */
public final class StoredFigures {
  private StoredFigures() {}

  /**
   * Returns a figure of each case, stage and percentile that there are batches enough of.
   *
   * @throws BadInputException if the samples are damaged
   */
  public static RunFigures of(StoredRun run) throws BadInputException {
    StageQuantiles quantiles = new StageQuantiles();
    List<Figure> figures = new ArrayList<>();
    for (CaseResult one : run.result().cases()) {
      List<Map<Stage, long[]>> trials = run.samples(one);
      for (Stage stage : Stage.values()) {
        for (int percentile : JudgedPercentile.ALL) {
          if (!trials.isEmpty() && StageQuantiles.tooFew(trials, stage, percentile).isEmpty()) {
            double log =
                Arrays.stream(quantiles.of(trials, stage, percentile))
                    .map(Evidence::log)
                    .average()
                    .orElseThrow();
            figures.add(new Figure(one.id(), stage.label(), percentile, Math.exp(log)));
          }
        }
      }
    }
    Environment environment = run.result().environment();
    return new RunFigures(
        machine(environment),
        run.result().name(),
        run.result().startedAt(),
        environment.machine().flatMap(it -> it.checkout().commit()).orElse(""),
        figures);
  }

  /**
   * Returns the machine's fingerprint; older files have none, and their facts about the machine
   * replace it.
   */
  private static String machine(Environment environment) {
    return environment
        .machine()
        .map(MachineRecord::fingerprint)
        .orElseGet(
            () ->
                Integer.toHexString(
                    List.of(
                            environment.cpu(),
                            environment.cores(),
                            environment.os(),
                            environment.jdk())
                        .hashCode()));
  }
}
