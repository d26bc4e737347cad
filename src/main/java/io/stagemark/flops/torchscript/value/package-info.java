/**
 * The values that the followed code handles: known numbers, tuples, objects, what is unknown.
 *
 * <p>Start reading at {@link io.stagemark.flops.torchscript.value.Known}.
 */
@NullMarked
package io.stagemark.flops.torchscript.value;

import org.jspecify.annotations.NullMarked;
