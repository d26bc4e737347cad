package io.stagemark.config.gate;

import io.stagemark.data.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules of what counts as slower or worse, and of what fails a build.
 *
 * @param name for people
 * @param alpha chance of any false REGRESSED among the gated metrics, in (0, 0.5]
 * @param minTrials stored runs with fewer trials a side get no verdict, at least 5
 * @param gate which speed metrics can fail; the others inform
 * @param mustFind what a gate has to be able to find, or it cannot tell
 * @param margins of every stage that {@code stages} does not name
 * @param stages margins by stage
 * @param quality of scores
 * @param exact of counts
 * @param mayDiffer what the candidate changes on purpose
 */
public record Policy(
    String name,
    double alpha,
    int minTrials,
    Gate gate,
    MustFind mustFind,
    Margins margins,
    Map<String, Margins> stages,
    Quality quality,
    Exact exact,
    List<Factor> mayDiffer) {
  public Policy {
    stages = Map.copyOf(stages);
    mayDiffer = List.copyOf(mayDiffer);
  }

  /**
   * Speed metrics that can fail a build.
   *
   * @param metrics such as {@code forward.p50}
   * @param stated whether the policy's author named them: each of them must then be judged.
   *     Without, a percentile that has too few batches only informs.
   */
  public record Gate(List<String> metrics, boolean stated) {
    /** The gate of a policy that names none: p50 and p95 of every stage and of the total. */
    public static final Gate OF_EVERY_STAGE =
        new Gate(
            Arrays.stream(Stage.values())
                .flatMap(stage -> Stream.of(stage.label() + ".p50", stage.label() + ".p95"))
                .toList(),
            false);

    public Gate {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * The slowdown that has to be found where it is there, four times in five: a gated metric that
   * could have hidden it makes the verdict CANNOT TELL. This is no margin: a margin says how much
   * slower is still the same.
   *
   * @param p50 as a ratio: 0.05 is 5 % slower
   * @param p95 as a ratio
   * @param p99 as a ratio
   * @param ofTotal a stage's slowdown that is less of the total than this need not be found
   * @param onBlind what CANNOT TELL ends with
   */
  public record MustFind(double p50, double p95, double p99, double ofTotal, OnBlind onBlind) {

    /** Returns that of a percentile. */
    public double ratio(int percentile) {
      return percentile <= 50 ? p50 : percentile <= 95 ? p95 : p99;
    }
  }

  /** What a comparison that cannot tell ends with. */
  public enum OnBlind {
    /** With exit code 4. */
    FAIL,
    /** With exit code 0; a CI shows a warning. */
    NEUTRAL,
    /** With exit code 0; it is printed. */
    PASS
  }

  /**
   * Margins of time: a smaller difference is no change.
   *
   * @param p50Percent of the median
   * @param p95Percent of the 95th percentile
   * @param p99Percent of the 99th
   * @param floorMicros smaller differences than this never count, in microseconds
   */
  public record Margins(
      double p50Percent, double p95Percent, double p99Percent, double floorMicros) {

    /** Returns the margin of a percentile as a ratio: 0.02 for 2 %. */
    public double ratio(int percentile) {
      double percent = percentile <= 50 ? p50Percent : percentile <= 95 ? p95Percent : p99Percent;
      return percent / 100;
    }
  }

  /**
   * Margins of scores: a smaller difference is no change.
   *
   * @param gate whether worse scores fail
   * @param lossMarginPercent of the baseline's value, for losses
   * @param ratioMargin for scores in [0, 1], absolute
   * @param scores absolute margins by score name, before the other two
   */
  public record Quality(
      boolean gate, double lossMarginPercent, double ratioMargin, Map<String, Double> scores) {
    public Quality {
      scores = Map.copyOf(scores);
    }
  }

  /**
   * Counts, compared without a test, and the physical memory of processes, which is no count and
   * therefore tested.
   *
   * @param gate which of them fail when they grow: {@code flops}, {@code parameters}, {@code
   *     memory} (of the model), {@code allocation}, {@code rss}
   * @param allocationFloorBytes fewer bytes a batch more than the baseline's never count
   * @param rssFloorPercent growth of physical memory up to this never counts
   * @param rssFloorMib nor up to this, in MiB; the larger of the two decides
   */
  public record Exact(
      List<String> gate, double allocationFloorBytes, double rssFloorPercent, double rssFloorMib) {
    public Exact {
      gate = List.copyOf(gate);
    }
  }

  /** Differences between two sides that do not stop the verdict, if a policy names them. */
  public enum Factor {
    CPU,
    CORES,
    OS,
    JDK,
    JVM_FLAGS,
    LIBRARIES,
    DATASET,
    MEASURE,
    MODEL,
    ENGINE,
    DEVICE,
    THREADS,
    BATCH,
    OPTIONS;

    /** Returns its name as a policy writes it, such as {@code jvm-flags}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Returns the margins of a stage. */
  public Margins marginsOf(String stage) {
    return stages.getOrDefault(stage, margins);
  }

  /** Returns whether a metric such as {@code forward.p50} can fail. */
  public boolean gates(String metric) {
    return gate.metrics().contains(metric);
  }

  /** Returns whether a difference of this kind is what is meant to be compared. */
  public boolean allows(Factor factor) {
    return mayDiffer.contains(factor);
  }
}
