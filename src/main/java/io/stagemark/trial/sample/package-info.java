/**
 * Raw times: in memory while a trial measures, then as {@code .npy} files.
 *
 * <p>Start reading at {@link io.stagemark.trial.sample.Samples}.
 */
@NullMarked
package io.stagemark.trial.sample;

import org.jspecify.annotations.NullMarked;
