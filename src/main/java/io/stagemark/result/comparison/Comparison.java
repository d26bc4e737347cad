package io.stagemark.result.comparison;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stagemark.config.gate.Policy.OnBlind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of a comparison: the content of {@code comparison.json}, from which every rendering is
 * made. As JSON the groups are flat.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION} of the program that wrote it
 * @param setup what was compared, and under which policy
 * @param differences between the sides, other than the change
 * @param trust what says whether the run can be trusted, a line each
 * @param findings what was found out
 * @param failures of the candidate's or baseline's trials; what was measured is above
 * @param command that makes the comparison again
 * @param pairs of a live gate, with their raw samples; empty for stored runs
 */
public record Comparison(
    int schemaVersion,
    @JsonUnwrapped Setup setup,
    List<Difference> differences,
    List<String> trust,
    @JsonUnwrapped Findings findings,
    List<String> failures,
    String command,
    Optional<MeasuredPairs> pairs) {
  /** The version this program writes. */
  public static final int SCHEMA_VERSION = 1;

  public Comparison {
    Objects.requireNonNull(command); // a file may lack it
    differences = List.copyOf(differences);
    trust = List.copyOf(trust);
    failures = List.copyOf(failures);
  }

  /**
   * What was compared, and under which policy.
   *
   * @param kind stored runs or a live gate
   * @param baseline what was there
   * @param candidate what is new
   * @param policy its name
   * @param alpha chance of any false REGRESSED among the gated metrics
   * @param changes what differs between the two sides; empty in older files, and where all is the
   *     same
   * @param onBlind what CANNOT TELL ends with
   */
  public record Setup(
      Origin kind,
      Side baseline,
      Side candidate,
      String policy,
      double alpha,
      List<Change> changes,
      OnBlind onBlind) {
    public Setup {
      // a file may lack them
      Stream.of(kind, baseline, candidate, policy).forEach(Objects::requireNonNull);
      changes = changes == null ? List.of() : List.copyOf(changes);
      onBlind = onBlind == null ? OnBlind.FAIL : onBlind;
    }

    /** A setup of which no change is known. */
    public Setup(Origin kind, Side baseline, Side candidate, String policy, double alpha) {
      this(kind, baseline, candidate, policy, alpha, List.of(), OnBlind.FAIL);
    }

    /** Returns whether the two sides of a gate are the same in everything. */
    public boolean isSelfCheck() {
      return kind == Origin.LIVE && changes.isEmpty();
    }
  }

  /**
   * What was found out.
   *
   * @param speed one entry a stage and percentile, case by case
   * @param quality one entry a score
   * @param exact one entry a count
   * @param blame the end-to-end change among the stages
   * @param notJudged metrics with too few samples
   * @param blind gated metrics in which what has to be found could have been missed, the worst
   *     first; empty in older files
   */
  public record Findings(
      List<SpeedResult> speed,
      List<QualityResult> quality,
      List<ExactResult> exact,
      List<BlameShare> blame,
      List<NotJudged> notJudged,
      List<BlindSpot> blind) {
    public Findings {
      speed = List.copyOf(speed);
      quality = List.copyOf(quality);
      exact = List.copyOf(exact);
      blame = List.copyOf(blame);
      notJudged = List.copyOf(notJudged);
      blind = blind == null ? List.of() : List.copyOf(blind);
    }

    private Stream<Verdict> gatedVerdicts() {
      return Stream.of(
              speed.stream().filter(it -> it.metric().gated()).map(SpeedResult::verdict),
              quality.stream().filter(it -> it.metric().gated()).map(QualityResult::verdict),
              exact.stream().filter(ExactResult::gated).map(ExactResult::verdict))
          .flatMap(each -> each);
    }
  }

  /** Where the figures come from. */
  public enum Origin {
    /** Two runs that were stored: the unit is the trial. */
    STORED,
    /** Two JVMs that took turns: the unit is the pair. */
    LIVE
  }

  /** Returns how many gated metrics have a verdict; the others only inform. */
  public long count(Verdict verdict) {
    return findings.gatedVerdicts().filter(each -> each == verdict).count();
  }

  /** Returns the verdict of all gated metrics together: the worst one decides. */
  public Verdict overall() {
    List<Verdict> all = findings.gatedVerdicts().toList();
    if (all.contains(Verdict.REGRESSED)) {
      return Verdict.REGRESSED;
    }
    if (all.isEmpty() || all.contains(Verdict.INCONCLUSIVE) || !failures.isEmpty()) {
      return Verdict.INCONCLUSIVE;
    }
    return all.contains(Verdict.IMPROVED) ? Verdict.IMPROVED : Verdict.EQUIVALENT;
  }

  /** Returns what the comparison says as a whole. */
  public Outcome outcome() {
    if (!failures.isEmpty()) {
      return Outcome.NOT_FINISHED;
    }
    List<Verdict> all = findings.gatedVerdicts().toList();
    if (all.contains(Verdict.REGRESSED)) {
      return Outcome.REGRESSED;
    }
    if (!findings.blind().isEmpty()) {
      return Outcome.CANNOT_TELL;
    }
    return all.contains(Verdict.IMPROVED) ? Outcome.IMPROVED : Outcome.NO_REGRESSION;
  }

  /** Returns whether a row must carry its case. */
  public boolean severalCases() {
    return Stream.of(
                findings.speed().stream().map(it -> it.metric().caseId()),
                findings.quality().stream().map(it -> it.metric().caseId()),
                findings.exact().stream().map(ExactResult::caseId),
                findings.notJudged().stream().map(NotJudged::caseId))
            .flatMap(each -> each)
            .distinct()
            .count()
        > 1;
  }
}
