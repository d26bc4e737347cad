package io.stagemark.gate;

import io.stagemark.data.Score;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.Footprint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one side of a pair writes next to its samples: {@code outcome.json} in its folder.
 *
 * @param scores over the data set, of the examples that its turns visited
 * @param examples by example
 * @param fingerprint digest of the raw outputs of the first visit of every example
 * @param complete whether every example was visited
 * @param footprint memory it took; empty where another build of the program reports none
 * @param probeNanos level of the probe that shows whether the core is shared, in nanoseconds; empty
 *     where none was taken
 */
record BlockOutcome(
    List<Score> scores,
    List<ExampleResult> examples,
    String fingerprint,
    boolean complete,
    Optional<Footprint> footprint,
    OptionalDouble probeNanos) {
  static final String FILE = "outcome.json";

  public BlockOutcome {
    scores = List.copyOf(scores);
    examples = List.copyOf(examples);
    footprint = footprint == null ? Optional.empty() : footprint;
    probeNanos = probeNanos == null ? OptionalDouble.empty() : probeNanos;
  }
}
