/**
 * Proof that the timed batches did the work, and the outputs that are scored.
 *
 * <p>Start reading at {@link io.stagemark.trial.proof.KeptOutputs}, then {@link
 * io.stagemark.trial.proof.WorkProbe}.
 */
@NullMarked
package io.stagemark.trial.proof;

import org.jspecify.annotations.NullMarked;
