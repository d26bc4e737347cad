package io.stagemark.report;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Circumstances with round numbers, for golden texts: not measured. */
final class SampleCircumstances {
  private SampleCircumstances() {}

  /** A calm machine that tells no steal. */
  static Circumstances quiet() {
    return new Circumstances(
        Optional.of(reading(4_000_000)),
        Optional.of(reading(4_100_000)),
        Optional.of(
            new TrialLoad(
                9_500_000_000L,
                17_100_000_000L,
                OptionalDouble.empty(),
                OptionalDouble.of(0.0125),
                OptionalLong.of(0))));
  }

  private static MachineReading reading(long best) {
    return new MachineReading(
        best,
        best + 200_000,
        OptionalDouble.empty(),
        OptionalDouble.of(0.01),
        OptionalDouble.of(0.5));
  }
}
