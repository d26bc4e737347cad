package io.stagemark.flops;

/**
 * What a forward does to memory, by the shapes alone (no allocator's rounding, no workspace).
 *
 * @param activationBytes every tensor that a node writes, summed; views excluded
 * @param peakActivationBytes the most that is alive at one time in the graph's order: graph inputs,
 *     outputs, and what a later node still reads; weights excluded
 * @param bytesMoved every node's inputs (weights too) plus its outputs, summed; views excluded
 */
public record Memory(long activationBytes, long peakActivationBytes, long bytesMoved) {}
