/**
 * Reads, checks and writes records as JSON: schemas, versions, portable paths.
 *
 * <p>Start reading at {@link io.stagemark.result.file.ResultFiles}.
 */
@NullMarked
package io.stagemark.result.file;

import org.jspecify.annotations.NullMarked;
