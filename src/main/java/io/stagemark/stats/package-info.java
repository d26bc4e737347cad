/**
 * Figures from samples: nearest-rank percentiles, how many samples each needs, summaries. Pure
 * functions.
 *
 * <pre>
 *   run --long[] nanoseconds--&gt; Distribution --&gt; report
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.stats.Distribution}.
 *
 * <p><b>In:</b> measured values, in nanoseconds. <b>Out:</b> records with n beside every figure.
 *
 * <p><b>May import:</b> the JDK alone. <b>Must not know:</b> where a value was measured.
 *
 * <p><b>Decisions:</b> nearest rank, never interpolated; a percentile without enough samples is
 * absent and says how many it needs; outliers are never clipped (ARCHITECTURE.md, "Percentiles").
 */
@NullMarked
package io.stagemark.stats;

import org.jspecify.annotations.NullMarked;
