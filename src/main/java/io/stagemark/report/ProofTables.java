package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.Steadiness;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.WorkProof;
import io.stagemark.stats.SteadyState.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The proof of a case's figures, in Markdown. */
final class ProofTables {
  private ProofTables() {}

  /** Returns the tables of a case; empty before its first trial. */
  static String of(CaseResult one) {
    if (one.proof().isEmpty()) {
      return "";
    }
    CaseProof proof = one.proof().get();
    return trials(one.trials()) + spread(proof) + slowest(proof.slowest());
  }

  private static String trials(List<TrialResult> trials) {
    StringBuilder rows = new StringBuilder();
    for (TrialResult trial : trials) {
      trial
          .measured()
          .flatMap(TrialResult.Measured::proof)
          .ifPresent(proof -> rows.append(row(trial.index(), proof)));
    }
    return rows.isEmpty()
        ? ""
        : "\n| trial | steady | JIT ms | GC ms | work | clock |\n|---:|---|---:|---:|---|---|\n"
            + rows;
  }

  private static String row(int index, TrialProof proof) {
    Steadiness steady = proof.steadiness();
    return String.format(
        ROOT,
        "| %d | %s | %d + %d | %d + %d | %s | step %d ns, %.0f ns a reading |\n",
        index,
        steady(steady),
        steady.warmup().compileMillis(),
        steady.measured().compileMillis(),
        steady.warmup().collectMillis(),
        steady.measured().collectMillis(),
        work(proof.work()),
        proof.clock().stepNanos(),
        proof.clock().costNanos());
  }

  /** Returns such as {@code steady after 12 batches, 0.6 s; 96 % on one level}. */
  static String steady(Steadiness found) {
    List<String> parts = new ArrayList<>();
    if (found.verdict() == Verdict.NOT_STEADY) {
      parts.add("not steady");
    } else if (found.verdict() == Verdict.WANDERS) {
      parts.add("wanders");
    } else if (found.verdict() == Verdict.TOO_FEW) {
      parts.add("too few batches to judge");
    }
    found
        .settled()
        .ifPresent(
            s ->
                parts.add(
                    String.format(
                        ROOT,
                        "%s after %d batches, %.1f s",
                        found.verdict() == Verdict.NOT_STEADY ? "warm" : "steady",
                        s.batches(),
                        s.nanos() / 1e9)));
    if (parts.isEmpty()) {
      parts.add("steady, though warm-up was too short to show it");
    }
    if (found.share() > 0) {
      parts.add(String.format(ROOT, "%.0f %% on one level", 100 * found.share()));
    }
    if (found.worstShift() != 0) {
      parts.add(
          String.format(
              ROOT,
              "%d changes, up to %+.0f %%",
              found.changes().size(),
              100 * found.worstShift()));
    }
    return String.join("; ", parts);
  }

  private static String work(WorkProof work) {
    if (!work.judged()) {
      return "not judged: reads no model";
    }
    return String.format(
        ROOT,
        "%d inputs, %d shared outputs; %d probes, %d unwritten; forward %s ms again, %s ms new",
        work.outputs().distinctInputs(),
        work.outputs().sharedOutputs(),
        work.probe().probes(),
        work.probe().unwritten(),
        millis(work.probe().repeatedNanos()),
        millis(work.probe().newNanos()));
  }

  private static String millis(OptionalLong nanos) {
    return nanos.isPresent() ? Figures.millis((double) nanos.getAsLong()) : Figures.ABSENT;
  }

  private static String spread(CaseProof proof) {
    String pooled =
        proof.pooledTrials().isEmpty()
            ? ""
            : "\nThe case's times and FPS are of trial"
                + (proof.pooledTrials().size() == 1 ? " " : "s ")
                + proof.pooledTrials().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
                + ".";
    return pooled
        + proof
            .variance()
            .map(
                v ->
                    String.format(
                        ROOT,
                        " Total p50 of the trials: %s to %s ms (%s). Standard deviation between"
                            + " trials %s ms, within a trial %s ms: %.0f %% of the variance is"
                            + " between trials.",
                        Figures.millis((double) v.lowestMedianNanos()),
                        Figures.millis((double) v.highestMedianNanos()),
                        v.medianRange().isPresent()
                            ? String.format(ROOT, "%.1f %%", 100 * v.medianRange().getAsDouble())
                            : Figures.ABSENT,
                        Figures.millis(v.betweenNanos()),
                        Figures.millis(v.withinNanos()),
                        100 * v.intraclass()))
            .orElse("")
        + (pooled.isEmpty() ? "" : "\n");
  }

  private static String slowest(List<CaseProof.Replay> slowest) {
    if (slowest.isEmpty()) {
      return "";
    }
    List<String> stages = List.copyOf(slowest.get(0).batch().stageNanos().keySet());
    StringBuilder text = new StringBuilder("\nSlowest batches, in ms; each with its command:\n\n");
    text.append("| trial | batch | ")
        .append(String.join(" | ", stages))
        .append(" | examples | |\n|---:|---:|")
        .append("---:|".repeat(stages.size()))
        .append("---|---|\n");
    for (CaseProof.Replay each : slowest) {
      text.append(
          String.format(
              ROOT,
              "| %d | %d | %s | %s | `%s` |\n",
              each.trial(),
              each.batch().batch(),
              stages.stream()
                  .map(s -> Figures.millis((double) each.batch().stageNanos().getOrDefault(s, 0L)))
                  .collect(Collectors.joining(" | ")),
              String.join(", ", each.batch().examples()),
              each.command()));
    }
    return text.toString();
  }
}
