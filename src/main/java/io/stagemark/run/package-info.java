/**
 * The parent process of a run: checks the input, starts the trials, writes the result.
 *
 * <pre>
 *   BenchmarkRun (parent) --TrialRequest--&gt; TrialProcess --&gt; trial.Trial (child)
 *        |                                                       |
 *        +-- RunResult &lt;-- CaseAssembly &lt;----TrialOutcome--------+
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.run.BenchmarkRun}; then {@code input} (data set,
 * digests), {@code process} (child JVMs), {@code record} (the output folder), {@code verdict}
 * (VALID or INVALID), {@code progress}.
 *
 * <p><b>In:</b> a {@link io.stagemark.config.RunConfig}. <b>Out:</b> {@code result.json} and its
 * files, written anew after each trial.
 *
 * <p><b>Must not know:</b> how a result is rendered or printed; an engine's natives, which only
 * trials load.
 *
 * <p><b>Decisions:</b> a trial is a fresh JVM (docs/decisions/009-a-trial-is-a-fresh-jvm.md).
 */
@NullMarked
package io.stagemark.run;

import org.jspecify.annotations.NullMarked;
