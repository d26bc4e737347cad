/**
 * An engine that does no work, to measure the harness with.
 *
 * <pre>
 *   forward() --&gt; zeros
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.engine.constant.ConstantEngine}.
 *
 * <p><b>In:</b> a model card's tensors, no file. <b>Out:</b> zeros of those shapes.
 *
 * <p><b>May import:</b> {@code engine}, {@code data}. <b>Must not know:</b> any runtime.
 *
 * <p><b>Decisions:</b> an extent that depends on the data is 1.
 */
@NullMarked
package io.stagemark.engine.constant;

import org.jspecify.annotations.NullMarked;
