/**
 * The session of a case and the stages around it: one of each, or one a size where each image gives
 * the input its size.
 *
 * <pre>
 *   CaseSession --open--&gt; EngineSession        SizedSession: the session of the image's size
 *               --bind--&gt; TaskSession          SizedStages: chooses it, in decode
 *   CaseSizes   --at(size)--&gt; CaseSpec         a case with every extent known
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.trial.session.CaseSession}.
 *
 * <p><b>In:</b> a loaded model, a case, the examples. <b>Out:</b> what {@code trial.loop} drives;
 * it does not see whether there are several sizes.
 *
 * <p><b>Decisions:</b> 071 (a session a size over one loaded model; batch 1).
 */
@NullMarked
package io.stagemark.trial.session;

import org.jspecify.annotations.NullMarked;
