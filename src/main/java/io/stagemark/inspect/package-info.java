/**
 * What a model file says of itself, what follows from it, and what is assumed.
 *
 * <pre>
 *   file --file--&gt; declared tensors, metadata, operators --head--&gt; what the outputs mean
 *        --metadata--&gt; exporter's keys, sidecars           --prep--&gt; how an image becomes the input
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.inspect.Inspector}.
 *
 * <p><b>In:</b> an untrusted file, and what the user states. <b>Out:</b> {@link
 * io.stagemark.inspect.ModelInspection}, or a {@link io.stagemark.data.BadInputException}.
 *
 * <p><b>May import:</b> {@code data}, {@code flops}. <b>Must not know:</b> engines, configs, cards.
 *
 * <p><b>Decisions:</b> nothing is run; every fact has a grade and a source; where two heads fit,
 * the user is asked. An open axis gets an extent by its name or not at all.
 */
@NullMarked
package io.stagemark.inspect;

import org.jspecify.annotations.NullMarked;
