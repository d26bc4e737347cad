/**
 * The losses, one file each.
 *
 * <pre>
 *   predictions, truth, ScoreArguments --Loss--&gt; terms --Reduction--&gt; LossResult
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.scoring.loss.Bce}, the simplest.
 *
 * <p><b>In:</b> tensors and checked arguments. <b>Out:</b> a value in nats (a ratio for Lovász)
 * with its reduction and count.
 *
 * <p><b>May import:</b> the rest of {@code scoring}, {@code spi}. <b>Must not know:</b> boxes,
 * files, engines, tasks.
 *
 * <p><b>Decisions:</b> definitions are PyTorch's where it has the loss, in forms that do not
 * cancel; a term whose weight is exactly 0 is 0 even where the rest is infinite; a number that is
 * not allowed is an error that names the element.
 */
@NullMarked
package io.stagemark.scoring.loss;

import org.jspecify.annotations.NullMarked;
