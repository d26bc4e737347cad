package io.stagemark.run.verdict;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.data.VectorApi;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ClockProof;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.result.WorkProof;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The rules by which a case's figures are VALID or INVALID; each gives its reason and advice. Only
 * what makes figures wrong is INVALID: {@link PrecisionCauses} has what makes them less sure.
 */
public final class CaseVerdict {
  /** The largest gap between stages that is no reason: 1 % of the total, or 2 µs. */
  private static final double MAX_GAP = 0.01;

  private static final double MAX_GAP_NANOS = 2_000;
  private static final double MAX_CLOCK_STEP = 0.01;
  private static final int MAX_NAMED = 3;

  /** What sums of half-precision numbers in another order make: 2^-10 of the largest. */
  private static final double MAX_CHANGE = 1e-3;

  private static final long SLOWER_ON_NEW_NANOS = 20_000;

  private final List<TrialResult> trials;
  private final Map<String, Distribution> stages;
  private final List<Reason> reasons = new ArrayList<>();

  private CaseVerdict(List<TrialResult> trials, Map<String, Distribution> stages) {
    this.trials = trials;
    this.stages = stages;
  }

  /**
   * Returns the reasons why a case's figures are INVALID.
   *
   * @param stages the case's times over its pooled trials
   */
  public static List<Reason> reasons(List<TrialResult> trials, Map<String, Distribution> stages) {
    CaseVerdict verdict = new CaseVerdict(trials, stages);
    verdict.failures();
    verdict.unreadable();
    verdict.work();
    verdict.changes();
    verdict.reasons.addAll(OutputVerdict.reasons(trials));
    verdict.clock();
    verdict.gap();
    verdict.load();
    return List.copyOf(verdict.reasons);
  }

  /** Returns notes: what a reader should know that does not make the figures INVALID. */
  public static List<String> notes(List<TrialResult> trials) {
    List<String> notes = new ArrayList<>();
    trials.stream()
        .flatMap(trial -> trial.measured().stream())
        .flatMap(measured -> measured.circumstances().stream())
        .flatMap(circumstances -> circumstances.loops().stream())
        .filter(loops -> !loops.equals(VectorApi.ALL_VECTOR))
        .distinct()
        .forEach(notes::add);
    notes.addAll(OutputVerdict.notes(trials));
    for (TrialResult trial : trials) {
      changed(trial, false).ifPresent(notes::add);
    }
    return notes;
  }

  private void failures() {
    long failed = trials.stream().filter(t -> t.failure().isPresent()).count();
    if (failed > 0) {
      add(
          Code.FAILED_TRIALS,
          String.format(ROOT, "%d of %d trials have no figures", failed, trials.size()),
          "see the trial's reason; ./stagemark run CONFIG --resume runs failed trials again");
    }
    long batches = measured().stream().mapToLong(it -> it.window().failedBatches()).sum();
    if (batches > 0) {
      add(
          Code.FAILED_BATCHES,
          String.format(ROOT, "the engine failed on %d batches", batches),
          "find out why with --only and an example of them; a figure without them flatters");
    }
  }

  private void unreadable() {
    Map<String, String> reasonOf = new LinkedHashMap<>();
    measured().stream()
        .flatMap(m -> m.unreadable().stream())
        .forEach(example -> reasonOf.putIfAbsent(example.id(), example.reason()));
    reasons.addAll(unreadable(reasonOf));
  }

  /**
   * Returns the reason against figures that lack examples; none if no example is missing.
   *
   * @param reasonOf why each could not be decoded, by id
   */
  public static List<Reason> unreadable(Map<String, String> reasonOf) {
    if (reasonOf.isEmpty()) {
      return List.of();
    }
    String named =
        reasonOf.entrySet().stream()
            .limit(MAX_NAMED)
            .map(example -> example.getKey() + ": " + example.getValue())
            .collect(Collectors.joining("; "));
    return List.of(
        new Reason(
            Code.UNREADABLE_EXAMPLES,
            String.format(
                ROOT,
                "%d %s not be decoded (%s%s); times and scores are without %s",
                reasonOf.size(),
                reasonOf.size() == 1 ? "example could" : "examples could",
                named,
                reasonOf.size() > MAX_NAMED ? "; …" : "",
                reasonOf.size() == 1 ? "it" : "them"),
            "fetch the files again, or take them out of the data set"));
  }

  private void work() {
    List<String> missing = new ArrayList<>();
    for (TrialResult trial : trials) {
      trial
          .measured()
          .flatMap(Measured::proof)
          .map(TrialProof::work)
          .filter(WorkProof::judged)
          .flatMap(CaseVerdict::missing)
          .ifPresent(what -> missing.add(String.format(ROOT, "trial %d: %s", trial.index(), what)));
    }
    add(
        Code.WORK_NOT_PROVEN,
        missing,
        "an engine that keeps answers or skips work cannot be timed: turn its cache off, or look"
            + " into the engine");
  }

  /** Returns the sign that the engine did not compute every output; empty if there is none. */
  private static Optional<String> missing(WorkProof work) {
    boolean oneForAll = work.outputs().distinctInputs() < 2 || work.outputs().oneOutput();
    if (work.probe().probes() > 0
        && oneForAll
        && 2 * work.probe().unmoved() == work.probe().probes()) {
      return Optional.of(
          String.format(
              ROOT,
              "outputs do not change with the input (%d inputs)",
              work.outputs().distinctInputs()));
    }
    if (work.outputs().sharedOutputs() > 0) {
      return Optional.of(
          String.format(
              ROOT,
              "%d of %d examples got another input's outputs to the bit",
              work.outputs().sharedOutputs(),
              work.outputs().examples()));
    }
    if (work.outputs().staleOutputs() > 0) {
      return Optional.of(
          String.format(
              ROOT,
              "%d batches left the outputs of the batch before",
              work.outputs().staleOutputs()));
    }
    if (work.probe().unwritten() > 0) {
      return Optional.of(
          String.format(
              ROOT,
              "%d of %d forwards wrote no output",
              work.probe().unwritten(),
              work.probe().probes()));
    }
    long repeated = work.probe().repeatedNanos().orElse(0);
    long fresh = work.probe().newNanos().orElse(0);
    if (work.probe().newAlwaysSlower() && fresh - repeated > SLOWER_ON_NEW_NANOS) {
      return Optional.of(
          String.format(
              ROOT,
              "a forward takes %.3f ms on an input seen before, %.3f ms on a new one",
              repeated / 1e6,
              fresh / 1e6));
    }
    return Optional.empty();
  }

  private void changes() {
    add(
        Code.OUTPUTS_CHANGED,
        trials.stream().flatMap(trial -> changed(trial, true).stream()).toList(),
        "look for what the engine or the model draws at random or keeps from one batch to the next;"
            + " a score holds for one visit only");
  }

  /**
   * Adds a reason or a note where the same input had other outputs later.
   *
   * @param much whether they were further apart than rounding makes them, or not
   */
  private static Optional<String> changed(TrialResult trial, boolean much) {
    Optional<Measured> measured = trial.measured().filter(m -> m.outputs().changedOutputs() > 0);
    double apart = measured.flatMap(Measured::proof).map(p -> p.work().largestChange()).orElse(0.0);
    return measured
        .filter(m -> m.proof().isPresent() && much == apart > MAX_CHANGE)
        .map(
            m ->
                String.format(
                    ROOT,
                    "trial %d: %d outputs were not to the bit those of the first visit of the same"
                        + " example: up to %.2g of the output's largest value apart",
                    trial.index(),
                    m.outputs().changedOutputs(),
                    apart));
  }

  private void clock() {
    long median = total().map(t -> t.quantile(50).nanos().orElse(0)).orElse(0L);
    List<String> backwards = new ArrayList<>();
    List<String> coarse = new ArrayList<>();
    for (TrialResult trial : trials) {
      Optional<ClockProof> clock = trial.measured().flatMap(Measured::proof).map(TrialProof::clock);
      clock
          .filter(c -> c.backwards() > 0)
          .ifPresent(
              c ->
                  backwards.add(
                      String.format(
                          ROOT,
                          "trial %d: %d batches ended before they began",
                          trial.index(),
                          c.backwards())));
      clock
          .filter(c -> median > 0 && c.stepNanos() > MAX_CLOCK_STEP * median)
          .ifPresent(
              c ->
                  coarse.add(
                      String.format(
                          ROOT,
                          "trial %d: steps of %d ns, a batch takes %d ns",
                          trial.index(),
                          c.stepNanos(),
                          median)));
    }
    add(
        Code.CLOCK,
        backwards,
        "another clock source (/sys/devices/system/clocksource), or another machine");
    add(Code.CLOCK, coarse, "larger batches, until the step is below 1 % of one");
  }

  private void gap() {
    Distribution gap = stages.get(CaseResult.GAP);
    Optional<Distribution> total = total();
    if (gap == null || total.isEmpty()) {
      return;
    }
    double nanos = middle(gap);
    double share = nanos / Math.max(1, middle(total.get()));
    if (share > MAX_GAP && nanos > MAX_GAP_NANOS) {
      add(
          Code.GAP,
          String.format(
              ROOT,
              "%.1f µs a batch between the stages, %.1f %% of the total",
              nanos / 1e3,
              100 * share),
          "this time is in no stage: larger batches make it a smaller part; please report it, with the"
              + " config");
    }
  }

  /** Returns the p50: batches that were stopped between two stages do not move it. */
  private static double middle(Distribution times) {
    OptionalLong median = times.quantile(50).nanos();
    return median.isPresent() ? median.getAsLong() : times.meanNanos();
  }

  private void load() {
    measured().stream()
        .flatMap(m -> m.load().stream())
        .map(LoadFigures::doubts)
        .filter(doubts -> !doubts.isEmpty())
        .findFirst()
        .ifPresent(reasons::addAll);
  }

  private Optional<Distribution> total() {
    return Optional.ofNullable(stages.get(Stage.TOTAL.label()));
  }

  private List<Measured> measured() {
    return trials.stream().flatMap(t -> t.measured().stream()).toList();
  }

  /** Adds one reason for several trials. */
  private void add(Code code, List<String> found, String recommendation) {
    if (!found.isEmpty()) {
      add(code, firstOf(found), recommendation);
    }
  }

  /** Returns the first of several trials' findings, with the number of the others. */
  static String firstOf(List<String> found) {
    String more =
        found.size() == 1 ? "" : String.format(ROOT, "; %d other trials too", found.size() - 1);
    return found.get(0) + more.replace("1 other trials", "1 other trial");
  }

  private void add(Code code, String found, String recommendation) {
    reasons.add(new Reason(code, found, recommendation));
  }
}
