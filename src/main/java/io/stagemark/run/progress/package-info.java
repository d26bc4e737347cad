/**
 * What a run reports while it runs.
 *
 * <p>Start reading at {@link io.stagemark.run.progress.RunListener}.
 */
@NullMarked
package io.stagemark.run.progress;

import org.jspecify.annotations.NullMarked;
