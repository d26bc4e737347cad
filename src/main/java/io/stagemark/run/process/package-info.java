/**
 * Child JVMs: their command line, their time limit, and the reason of one that failed.
 *
 * <p>Start reading at {@link io.stagemark.run.process.TrialProcess}.
 */
@NullMarked
package io.stagemark.run.process;

import org.jspecify.annotations.NullMarked;
