/**
 * Model files as they are: which format, what they declare, what following them shows.
 *
 * <p>Start reading at {@link io.stagemark.inspect.file.ModelFiles}. The formats themselves are read
 * by {@code flops}, within its bounds.
 */
@NullMarked
package io.stagemark.inspect.file;

import org.jspecify.annotations.NullMarked;
