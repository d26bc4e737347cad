package io.stagemark.result.comparison;

/**
 * How many batches of a live pair ran on a core that another process shared, as a probe next to
 * them showed: such as another virtual machine on its second hardware thread.
 *
 * @param baseline part of the baseline's batches, in [0, 1]
 * @param candidate part of the candidate's
 * @param leftOut whether they were left out of what is judged; not where they were more than half,
 *     or the sides' probes did not agree. The sample files have them all.
 */
public record SharedCore(double baseline, double candidate, boolean leftOut) {}
