/**
 * Policy and evidence to verdicts: whether something got slower or worse.
 *
 * <pre>
 *   two result.json + samples --StoredComparison--+
 *                                                 +--StageEvidence--&gt; SpeedJudge --&gt; Comparison
 *   live pairs ---------------LiveComparison------+  QualityJudge, ExactCounts --^
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.compare.StoredComparison}, then {@code SpeedJudge}.
 *
 * <p><b>In:</b> runs as records, raw samples, a {@link io.stagemark.config.gate.Policy}.
 * <b>Out:</b> one {@link io.stagemark.result.comparison.Comparison}.
 *
 * <p><b>Must not know:</b> processes, clocks, renderings.
 *
 * <p><b>Decisions:</b> the unit is a JVM (a trial, or a pair), never an iteration; a difference
 * that the policy does not name stops the verdict; a metric with too few samples is not judged
 * (docs/decisions/024-the-unit-of-a-verdict-is-a-jvm.md).
 */
@NullMarked
package io.stagemark.compare;

import org.jspecify.annotations.NullMarked;
