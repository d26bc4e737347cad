/**
 * An engine whose forwards take exactly known times, to hold the program's figures against.
 *
 * <pre>
 *   LatencyPattern.nanos(i) --&gt; forward() spins so long --&gt; outputs that are the inputs
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.engine.programmable.LatencyPattern}.
 *
 * <p><b>In:</b> a model card's tensors, no file; a distribution by engine options. <b>Out:</b> the
 * first bytes of the first input; on request, a file with what each forward really took.
 *
 * <p><b>May import:</b> {@code engine}, {@code data}. <b>Must not know:</b> what is made of the
 * times: {@code run.Certification} does that.
 *
 * <p><b>Decisions:</b> times are spun, never slept; draws are a function of the forward's number
 * alone, so that anyone can draw the sequence again; what the machine adds is recorded too.
 */
@NullMarked
package io.stagemark.engine.programmable;

import org.jspecify.annotations.NullMarked;
