package io.stagemark.result;

import java.util.OptionalLong;

/**
 * What one side of a live pair took of the machine's memory.
 *
 * @param peakRssBytes the most physical memory its process had up to its last measured batch, in
 *     bytes; empty where the system does not report it
 * @param allocatedBytesPerBatch Java heap bytes that the measuring thread allocates for a further
 *     batch (median of its turns)
 */
public record Footprint(OptionalLong peakRssBytes, double allocatedBytesPerBatch) {}
