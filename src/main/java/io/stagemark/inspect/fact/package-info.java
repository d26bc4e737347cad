/**
 * The values that inspection is made of: facts with their grade and source, tensors, operators.
 *
 * <p>Start reading at {@link io.stagemark.inspect.fact.Fact}. These types know the JDK alone.
 */
@NullMarked
package io.stagemark.inspect.fact;

import org.jspecify.annotations.NullMarked;
