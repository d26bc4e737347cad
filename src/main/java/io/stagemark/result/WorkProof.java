package io.stagemark.result;

import java.util.OptionalLong;

/**
 * What shows that an engine computed its outputs: fingerprints of the timed batches, and after the
 * clock forwards with inputs it has never seen into outputs that were overwritten before.
 *
 * @param judged false for an engine that reads no model: nothing is to be computed
 * @param examples whose first timed outputs were fingerprinted
 * @param distinctInputs different input tensors among them
 * @param sharedOutputs examples with the bit-identical output of another input; outputs of a few
 *     bytes, of one value alone and empty ones are not counted
 * @param oneOutput whether all examples have the bit-identical output
 * @param staleOutputs timed batches that left the outputs of the batch before them
 * @param probes forwards after the clock, half of them with inputs never seen
 * @param unwritten of them, those that left outputs as they were overwritten
 * @param unmoved new inputs whose output was that of the input they were made from
 * @param repeatedNanos median forward of an input seen before, in nanoseconds; absent without
 *     probes
 * @param newNanos median forward of an input never seen
 * @param newAlwaysSlower whether every new input took twice as long as the median repeated one
 * @param largestChange how far outputs of timed batches were from those of the first visit of the
 *     same example, at most: as a ratio of the largest magnitude in the output, at the places that
 *     fingerprints read, in [0, 1]; 1 for what is something else altogether; 0 in older files
 */
public record WorkProof(
    boolean judged,
    int examples,
    int distinctInputs,
    int sharedOutputs,
    boolean oneOutput,
    long staleOutputs,
    int probes,
    int unwritten,
    int unmoved,
    OptionalLong repeatedNanos,
    OptionalLong newNanos,
    boolean newAlwaysSlower,
    double largestChange) {}
