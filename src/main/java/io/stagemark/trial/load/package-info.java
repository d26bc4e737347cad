/**
 * When a batch begins: the scenarios of MLPerf LoadGen, apart from what a batch does.
 *
 * <pre>
 *   ArrivalSchedule --&gt; ArrivalQueue --+
 *   Rounds, ClosedLoop ----------------+--&gt; BatchStream.batch()   LoadLog --&gt; LoadSummary
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.trial.load.ArrivalQueue}.
 *
 * <p><b>In:</b> streams that can run one batch, a clock. <b>Out:</b> when each batch was due, began
 * and ended.
 *
 * <p><b>May import:</b> {@code stats}, {@code report}, the exceptions of {@code engine} and {@code
 * task}. <b>Must not know:</b> what a batch does, files; which clock it is: a test hands in a
 * virtual one.
 *
 * <p><b>Decisions:</b> latency counts from the scheduled arrival; the schedule is drawn before the
 * clock starts; nothing is allocated per batch; idle threads sleep until shortly before they are
 * due and spin the rest ({@link io.stagemark.trial.load.WaitingClock}).
 */
@NullMarked
package io.stagemark.trial.load;

import org.jspecify.annotations.NullMarked;
