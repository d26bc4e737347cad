/**
 * The input of a run, checked before the first trial and watched until the last one.
 *
 * <p>Start reading at {@link io.stagemark.run.input.RunInputs}.
 */
@NullMarked
package io.stagemark.run.input;

import org.jspecify.annotations.NullMarked;
