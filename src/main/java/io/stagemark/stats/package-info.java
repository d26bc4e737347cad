/**
 * Figures from samples: percentiles, how many samples each needs, summaries, tests, intervals,
 * change points. Pure functions.
 *
 * <pre>
 *   run --long[] nanoseconds--&gt; Distribution --&gt; report
 *   compare --one figure a trial or pair--&gt; SignedRank, PermutationShift, SignFlip --&gt; Holm --&gt; verdicts
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.stats.Distribution} for what is reported, at {@link
 * io.stagemark.stats.SignedRank} for what is decided.
 *
 * <p><b>In:</b> measured values, in nanoseconds; logarithms of ratios. <b>Out:</b> records with n
 * with every figure; p-values and intervals.
 *
 * <p><b>May import:</b> the JDK and Commons Statistics (beta and t distributions). <b>Must not
 * know:</b> where a value was measured.
 *
 * <p><b>Decisions:</b> reported percentiles are nearest rank, never interpolated; a percentile
 * without enough samples is absent and says how many it needs; outliers are never clipped
 * (docs/decisions/017-percentiles-of-raw-samples.md). Compared percentiles are Harrell-Davis. Tests
 * are exact where all assignments can be gone through; where they are drawn, the seed is fixed.
 */
@NullMarked
package io.stagemark.stats;

import org.jspecify.annotations.NullMarked;
