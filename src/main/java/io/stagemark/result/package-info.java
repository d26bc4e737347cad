/**
 * The records of {@code result.json}: data without rendering.
 *
 * <p>Start reading at {@link io.stagemark.result.RunResult}, then {@link
 * io.stagemark.result.CaseResult}. {@code file} reads, checks and writes them; {@code comparison}
 * has the records of {@code comparison.json}.
 *
 * <p><b>Decisions:</b> nanoseconds and ratios; a figure that was not measured is absent, never 0; a
 * schema version from the first day (docs/decisions/018-result-and-sample-files.md).
 */
@NullMarked
package io.stagemark.result;

import org.jspecify.annotations.NullMarked;
