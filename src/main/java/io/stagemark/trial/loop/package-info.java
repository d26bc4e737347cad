/**
 * The clock: warm-up and measured batches, stage by stage.
 *
 * <p>Start reading at {@link io.stagemark.trial.loop.MeasuredLoop}. Nothing is allocated per batch.
 */
@NullMarked
package io.stagemark.trial.loop;

import org.jspecify.annotations.NullMarked;
