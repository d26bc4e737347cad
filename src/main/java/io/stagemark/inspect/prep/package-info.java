/**
 * How a photograph becomes the input of a model: stated by the files, or the convention of its
 * head.
 *
 * <p>Start reading at {@link io.stagemark.inspect.prep.Preparations}.
 */
@NullMarked
package io.stagemark.inspect.prep;

import org.jspecify.annotations.NullMarked;
