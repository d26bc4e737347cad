/**
 * What turns a network's last numbers into probabilities.
 *
 * <pre>
 *   logits --Activation--&gt; probabilities or log-probabilities
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.scoring.activation.Activation}; one file an activation.
 *
 * <p><b>In and out:</b> doubles, stable for logits of any size.
 *
 * <p><b>May import:</b> {@code scoring}. <b>Must not know:</b> losses, files, engines.
 *
 * <p><b>Decisions:</b> a row with NaN or +∞, or of −∞ alone, has no softmax: all NaN, as in
 * PyTorch.
 */
@NullMarked
package io.stagemark.scoring.activation;

import org.jspecify.annotations.NullMarked;
