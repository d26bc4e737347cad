/**
 * Counts a model file of either format, by what it contains: what {@code ./stagemark flops} does.
 *
 * <p>Start reading at {@link io.stagemark.flops.file.ModelCounter}.
 */
@NullMarked
package io.stagemark.flops.file;

import org.jspecify.annotations.NullMarked;
