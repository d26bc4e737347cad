package io.stagemark.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a run: the content of {@code result.json}, written anew after each trial.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION} of the program that wrote it
 * @param name the run's name
 * @param status how far it came
 * @param startedAt ISO-8601 instant in UTC
 * @param wallSeconds so far, in seconds
 * @param dataset what was run on
 * @param environment where it ran
 * @param config the config as resolved, as a JSON tree
 * @param cases in the config's order
 * @param parity differences between engines on the same weights
 * @param differences of the examples' scores between the first case and each other
 * @param proof of the figures; empty in files of older programs
 * @param calibration how far the program's figures are from known truth on this machine, or that
 *     nobody has tried; empty in older files
 */
public record RunResult(
    int schemaVersion,
    String name,
    Status status,
    String startedAt,
    double wallSeconds,
    DatasetRecord dataset,
    Environment environment,
    Map<String, Object> config,
    List<CaseResult> cases,
    List<Parity> parity,
    List<ScoreDifference> differences,
    Optional<RunProof> proof,
    Optional<String> calibration) {
  /** The version this program writes. */
  public static final int SCHEMA_VERSION = 1;

  public RunResult {
    calibration = calibration == null ? Optional.empty() : calibration; // in older files
    cases = List.copyOf(cases);
    parity = List.copyOf(parity);
    differences = differences == null ? List.of() : List.copyOf(differences); // in older files
    proof = proof == null ? Optional.empty() : proof;
  }

  /** How far a run came. */
  public enum Status {
    /** Trials are still to come, or the program was killed. */
    RUNNING,
    /** Every trial of every case was measured. */
    COMPLETE,
    /** Every trial ended, not every one well. */
    FAILED,
    /** Stopped by the user; what was measured is here. */
    INTERRUPTED
  }

  /** Returns whether no case is INVALID and each is as precise as was asked for. */
  public boolean conclusive() {
    return proof.map(RunProof::validity).filter(Validity::valid).isPresent()
        && cases.stream()
            .flatMap(one -> one.proof().stream())
            .flatMap(one -> one.precision().stream())
            .flatMap(precision -> precision.causes().stream())
            .noneMatch(cause -> cause.code() == Validity.Code.PRECISION_MISSED);
  }

  /** Returns whether the cases were scored in shards, and never timed: they have no trials. */
  public boolean isScoredOnly() {
    return !cases.isEmpty()
        && cases.stream()
            .allMatch(one -> one.status() == CaseResult.Status.OK && one.trials().isEmpty());
  }

  /**
   * The data set of a run.
   *
   * @param name as the config names it
   * @param examples how many
   * @param sha256 digest of its files
   * @param notes what a user should know of it, such as what was left out; empty in older files
   */
  public record DatasetRecord(String name, int examples, String sha256, List<String> notes) {
    public DatasetRecord {
      notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** A data set without notes. */
    public DatasetRecord(String name, int examples, String sha256) {
      this(name, examples, sha256, List.of());
    }
  }
}
