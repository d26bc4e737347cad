/**
 * The records of {@code comparison.json}.
 *
 * <p>Start reading at {@link io.stagemark.result.comparison.Comparison}.
 */
@NullMarked
package io.stagemark.result.comparison;

import org.jspecify.annotations.NullMarked;
