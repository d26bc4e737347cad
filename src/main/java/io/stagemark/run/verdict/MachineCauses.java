package io.stagemark.run.verdict;

import static java.util.Locale.ROOT;

import io.stagemark.result.Circumstances;
import io.stagemark.result.MachineReading;
import io.stagemark.result.TrialLoad;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.run.verdict.PrecisionCauses.SizedCause;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the machine did that makes a case's figures less sure. A reading that the system does not
 * give is no cause.
 */
final class MachineCauses {
  /** Ratios of the machine's processor time. */
  private static final double MAX_STEAL = 0.02;

  private static final double MAX_ELSEWHERE = 0.10;

  /** A ratio of the measured time. */
  private static final double MAX_THROTTLED = 0.01;

  /** The canary's best time follows the frequency to within a percent on a quiet machine. */
  private static final double MAX_DRIFT = 0.05;

  private MachineCauses() {}

  /** Returns the causes, sized by the share of the processors or by how far the machine moved. */
  static List<SizedCause> of(List<TrialResult> trials) {
    return Stream.of(
            over(
                worst(trials, TrialLoad::stealShare),
                MAX_STEAL,
                Code.STEAL,
                "the hypervisor took %.1f %% of the processors away",
                "a machine or a time with quieter neighbours; ./stagemark doctor"),
            over(
                worst(trials, MachineCauses::throttledShare),
                MAX_THROTTLED,
                Code.STEAL,
                "the container's quota held it for %.1f %% of the time",
                "a larger processor quota, or fewer threads"),
            over(
                worst(trials, TrialLoad::elsewhereShare),
                MAX_ELSEWHERE,
                Code.FOREIGN_LOAD,
                "other processes used %.0f %% of the processors",
                "end them, or measure where nothing else runs; ./stagemark doctor"),
            drift(trials))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The format takes the share in percent. */
  private static Optional<SizedCause> over(
      Optional<Double> share, double most, Code code, String format, String advice) {
    return share
        .filter(it -> it > most)
        .map(it -> cause(it, code, String.format(ROOT, format, 100 * it), advice));
  }

  private static SizedCause cause(double size, Code code, String found, String recommendation) {
    return new SizedCause(size, new Reason(code, found, recommendation));
  }

  private static Optional<Double> worst(
      List<TrialResult> trials, Function<TrialLoad, OptionalDouble> share) {
    return circumstances(trials).stream()
        .flatMap(c -> c.during().stream())
        .map(share)
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .max(Comparator.naturalOrder());
  }

  private static OptionalDouble throttledShare(TrialLoad load) {
    return load.throttledNanos().isPresent() && load.wallNanos() > 0
        ? OptionalDouble.of(load.throttledNanos().getAsLong() / (double) load.wallNanos())
        : OptionalDouble.empty();
  }

  private static Optional<SizedCause> drift(List<TrialResult> trials) {
    long[] best =
        circumstances(trials).stream()
            .flatMapToLong(
                c ->
                    LongStream.concat(
                        c.before().stream().mapToLong(MachineReading::canaryBestNanos),
                        c.after().stream().mapToLong(MachineReading::canaryBestNanos)))
            .sorted()
            .toArray();
    if (best.length < 2 || best[best.length - 1] <= (1 + MAX_DRIFT) * best[0]) {
      return Optional.empty();
    }
    double drift = (best[best.length - 1] - best[0]) / (double) best[0];
    return Optional.of(
        cause(
            drift,
            Code.MACHINE_DRIFT,
            String.format(
                ROOT,
                "the same work took %.1f to %.1f µs around the trials (%+.0f %%)",
                best[0] / 1e3,
                best[best.length - 1] / 1e3,
                100 * drift),
            "a fixed frequency (governor, turbo off), cooling, or a quieter machine; ./stagemark"
                + " doctor"));
  }

  private static List<Circumstances> circumstances(List<TrialResult> trials) {
    return trials.stream()
        .flatMap(trial -> trial.measured().stream())
        .flatMap((Measured measured) -> measured.circumstances().stream())
        .toList();
  }
}
