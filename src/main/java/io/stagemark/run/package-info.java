/**
 * Joins everything: trials in fresh JVMs, the clock, and the tree of records that comes of them.
 *
 * <pre>
 *   BenchmarkRun (parent) --TrialRequest--&gt; TrialProcess --&gt; Trial (child) --&gt; MeasuredLoop
 *        |                                                        |
 *        +-- RunResult &lt;-- CaseAssembly &lt;------TrialOutcome-------+
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.run.BenchmarkRun}, then {@link
 * io.stagemark.run.MeasuredLoop}.
 *
 * <p><b>In:</b> a {@link io.stagemark.config.RunConfig}. <b>Out:</b> {@code result.json} and the
 * files beside it, written anew after each trial.
 *
 * <p><b>May import:</b> everything but {@code cli} and {@code compare}. <b>Must not know:</b> how a
 * result is rendered or printed.
 *
 * <p><b>Decisions:</b> a trial is a fresh JVM; what is timed is what is scored; the harness
 * allocates nothing per batch (ARCHITECTURE.md).
 */
@NullMarked
package io.stagemark.run;

import org.jspecify.annotations.NullMarked;
