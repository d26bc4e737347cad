/**
 * The run's output folder and what is written there: cases, environment, counts, lock, resume.
 *
 * <p>Start reading at {@link io.stagemark.run.record.RunRecord}.
 */
@NullMarked
package io.stagemark.run.record;

import org.jspecify.annotations.NullMarked;
