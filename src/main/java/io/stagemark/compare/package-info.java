/**
 * Whether something got slower or worse: policy and evidence to verdicts, blame and their pages.
 *
 * <pre>
 *   two result.json + samples --StoredComparison--+
 *                                                 +--StageEvidence--&gt; SpeedJudge --&gt; Comparison
 *   live pairs ---------------LiveComparison------+  QualityJudge, ExactCounts --^        |
 *                             Markdown, JUnit XML, console, annotations &lt;-- comparison.json
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.compare.StoredComparison}, then {@code SpeedJudge}.
 *
 * <p><b>In:</b> runs as records, raw samples, a {@link io.stagemark.config.Policy}. <b>Out:</b> one
 * {@link io.stagemark.compare.Comparison}, and texts made from it alone.
 *
 * <p><b>May import:</b> {@code report}, {@code stats}, {@code scoring}, {@code config}, {@code
 * data}. <b>Must not know:</b> processes and clocks; nothing here prints.
 *
 * <p><b>Decisions:</b> the unit is a JVM (a trial, or a pair), never an iteration; a difference
 * that the policy does not name stops the verdict; a metric with too few samples is not judged
 * (ARCHITECTURE.md).
 */
@NullMarked
package io.stagemark.compare;

import org.jspecify.annotations.NullMarked;
