package io.stagemark.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What shows that an engine computed its outputs: fingerprints of the timed batches, and after the
 * clock forwards with inputs it has never seen into outputs that were overwritten before. As JSON
 * the groups are flat.
 *
 * @param judged false for an engine that reads no model: nothing is to be computed
 * @param outputs of the timed batches
 * @param probe forwards after the clock
 * @param largestChange how far outputs of timed batches were from those of the first visit of the
 *     same example, at most: as a ratio of the largest magnitude in the output, at the places that
 *     fingerprints read, in [0, 1]; 1 for what is something else altogether; 0 in older files
 */
public record WorkProof(
    boolean judged,
    @JsonUnwrapped Outputs outputs,
    @JsonUnwrapped Probes probe,
    double largestChange) {

  /**
   * The outputs of the timed batches.
   *
   * @param examples whose first timed outputs were fingerprinted
   * @param distinctInputs different input tensors among them
   * @param sharedOutputs examples with the bit-identical output of another input; outputs of a few
   *     bytes, of one value alone and empty ones are not counted
   * @param oneOutput whether all examples have the bit-identical output
   * @param staleOutputs timed batches that left the outputs of the batch before them
   */
  public record Outputs(
      int examples, int distinctInputs, int sharedOutputs, boolean oneOutput, long staleOutputs) {}

  /**
   * Forwards after the clock.
   *
   * @param probes how many, half of them with inputs never seen
   * @param unwritten of them, those that left outputs as they were overwritten
   * @param unmoved new inputs whose output was that of the input they were made from
   * @param repeatedNanos median forward of an input seen before, in nanoseconds; absent without
   *     probes
   * @param newNanos median forward of an input never seen
   * @param newAlwaysSlower whether every new input took twice as long as the median repeated one
   */
  public record Probes(
      int probes,
      int unwritten,
      int unmoved,
      OptionalLong repeatedNanos,
      OptionalLong newNanos,
      boolean newAlwaysSlower) {

    /** Returns the worst of an engine's sessions, at least one. */
    public static Probes worst(List<Probes> sessions) {
      return sessions.stream()
          .max(
              Comparator.comparingDouble((Probes seen) -> share(seen.unmoved, seen.probes))
                  .thenComparingDouble(seen -> share(seen.unwritten, seen.probes))
                  .thenComparing(Probes::newAlwaysSlower))
          .orElseThrow();
    }

    private static double share(int part, int whole) {
      return (double) part / Math.max(1, whole);
    }
  }
}
