/**
 * Is this machine fit to measure on? One check after the other, each with what was found, why it
 * matters and what to try.
 *
 * <pre>
 *   SystemFiles, JVM --&gt; ClockChecks, ProcessorChecks, ... --List&lt;Check&gt;--&gt; Doctor --&gt; cli
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.machine.doctor.Doctor}.
 *
 * <p><b>In:</b> the system's files and the JVM's properties. <b>Out:</b> {@link
 * io.stagemark.machine.doctor.Check}s; a check of a value that the system does not report says so.
 *
 * <p><b>May import:</b> {@code machine}. <b>Must not know:</b> trials, reports, how a check is
 * printed.
 *
 * <p><b>Decisions:</b> a check is BAD where figures would be wrong or not repeat, WARN where they
 * could be better; each class has its bounds.
 */
@NullMarked
package io.stagemark.machine.doctor;

import org.jspecify.annotations.NullMarked;
