/**
 * The child process: one case in a fresh JVM, from its request to its outcome.
 *
 * <pre>
 *   request.json --&gt; Trial --&gt; SingleStreamTrial or LoadTrial --&gt; MeasuredLoop --&gt; outcome.json
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.trial.Trial}; then {@code loop} (the clock), {@code load}
 * (scenarios), {@code proof} (was the work done), {@code sample} (raw times).
 *
 * <p><b>In:</b> a {@link io.stagemark.trial.TrialRequest}. <b>Out:</b> a {@link
 * io.stagemark.trial.TrialOutcome}, {@code .npy} files of raw times.
 *
 * <p><b>Must not know:</b> the parent process, other trials.
 *
 * <p><b>Decisions:</b> what is timed is what is scored; the harness allocates nothing per batch
 * (docs/decisions/011-what-is-timed-is-what-is-scored.md).
 */
@NullMarked
package io.stagemark.trial;

import org.jspecify.annotations.NullMarked;
