package io.stagemark.serve;

import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.Precision;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.stats.RepeatInterval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the list says of a folder.
 *
 * @param path of the folder below the root, with slashes; empty for the root itself
 * @param name of the run, or what was compared
 * @param state such as {@code complete}, or the verdict of a comparison
 * @param startedAt ISO-8601 instant in UTC; empty for a comparison
 * @param machine fingerprint and processor; empty where it is not known
 * @param commit of the config's tree; empty where it is not known
 * @param cases with what is known of each; none for a comparison
 * @param comparison whether it is one
 */
record ServedRun(
    String path,
    String name,
    String state,
    String startedAt,
    Machine machine,
    String commit,
    List<ServedCase> cases,
    boolean comparison) {
  ServedRun {
    cases = List.copyOf(cases);
  }

  /**
   * Where it was measured.
   *
   * @param fingerprint equal where times may be compared; empty where it is not known
   * @param label for people
   */
  record Machine(String fingerprint, String label) {
    static final Machine NONE = new Machine("", "");
  }

  /**
   * A case.
   *
   * @param id such as {@code net/onnxruntime/cpu/t2/b1}
   * @param label for people
   * @param totalNanos p50 of a batch with its interval, in nanoseconds; empty before the first
   *     trial
   * @param framesPerSecond empty before the first trial
   */
  record ServedCase(
      String id,
      String label,
      Optional<RepeatInterval> totalNanos,
      Optional<Double> framesPerSecond) {}

  static ServedRun of(String path, RunResult result) {
    boolean wrong =
        result
            .proof()
            .map(RunProof::validity)
            .filter(v -> v.verdict() == Validity.Verdict.INVALID)
            .isPresent();
    String status = result.status().name().toLowerCase(Locale.ROOT);
    return new ServedRun(
        path,
        result.name(),
        wrong && result.status() != RunResult.Status.RUNNING ? status + ", INVALID" : status,
        result.startedAt(),
        new Machine(
            result.environment().machine().map(MachineRecord::fingerprint).orElse(""),
            "%d × %s".formatted(result.environment().cores(), result.environment().cpu())),
        result.environment().machine().flatMap(m -> m.checkout().commit()).orElse(""),
        result.cases().stream().map(ServedRun::of).toList(),
        false);
  }

  private static ServedCase of(CaseResult one) {
    return new ServedCase(
        one.id(),
        one.key().label(),
        one.proof().flatMap(CaseProof::precision).flatMap(Precision::headline),
        one.timed().framesPerSecond());
  }

  static ServedRun of(String path, Comparison compared) {
    return new ServedRun(
        path,
        compared.setup().baseline().name() + " → " + compared.setup().candidate().name(),
        compared.outcome().text(),
        "",
        Machine.NONE,
        "",
        List.of(),
        true);
  }

  boolean isRunning() {
    return state.equals("running");
  }

  /** Returns the case with the shortest p50. */
  Optional<ServedCase> fastest() {
    return cases.stream()
        .filter(one -> one.totalNanos().isPresent())
        .min(Comparator.comparingDouble(one -> one.totalNanos().orElseThrow().value()))
        .or(() -> cases.stream().findFirst());
  }

  /** Returns whether each word of a text is somewhere in what the list shows; case is ignored. */
  boolean has(String words) {
    String all =
        String.join(" ", name, path, state, startedAt, machine.label(), commit)
            + cases.stream().map(one -> " " + one.id()).collect(Collectors.joining());
    String shown = all.toLowerCase(Locale.ROOT);
    return Arrays.stream(words.toLowerCase(Locale.ROOT).strip().split("\\s+"))
        .allMatch(shown::contains);
  }
}
