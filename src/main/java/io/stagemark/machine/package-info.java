/**
 * The machine and the process while something is measured: what else it did, how fast it was, what
 * it is. Reads Linux's files and the JVM's own records.
 *
 * <pre>
 *   run --start--&gt; LoadWatch --stop--&gt; share of steal, of other processes     (during a trial)
 *   run -----------&gt; Canary ----------&gt; ns of a fixed work             (between trials)
 *   run --start--&gt; JvmRecording --stop--&gt; intervals on the clock of the batches (in a trial)
 *   cli -----------&gt; doctor.Doctor ----&gt; checks with advice
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.machine.LoadWatch}.
 *
 * <p><b>In:</b> files below a root ({@link io.stagemark.machine.SystemFiles}), the JVM. <b>Out:</b>
 * records in nanoseconds, bytes and ratios; what the system does not report is absent, never 0.
 *
 * <p><b>May import:</b> {@code data}, {@code stats}. <b>Must not know:</b> trials, cases, reports,
 * engines.
 *
 * <p><b>Decisions:</b> nothing here runs inside a timed batch; the JVM's events are put on the
 * batches' clock by events of our own (docs/decisions/035-causes-beside-the-figures.md).
 */
@NullMarked
package io.stagemark.machine;

import org.jspecify.annotations.NullMarked;
