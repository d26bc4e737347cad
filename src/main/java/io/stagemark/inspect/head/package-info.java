/**
 * Heads: what the outputs of a model mean, recognised by shapes, operators and metadata.
 *
 * <p>Start reading at {@link io.stagemark.inspect.head.Heads}, then a family such as {@link
 * io.stagemark.inspect.head.YoloColumns}. Each family has one file with its rule and its trap.
 */
@NullMarked
package io.stagemark.inspect.head;

import org.jspecify.annotations.NullMarked;
