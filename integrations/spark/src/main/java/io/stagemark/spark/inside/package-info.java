/**
 * Stagemark's side of the job: it sees Stagemark and its libraries, and nothing of Spark's.
 *
 * <p>Start reading at {@link io.stagemark.spark.inside.ScoringProgram}.
 */
@NullMarked
package io.stagemark.spark.inside;

import org.jspecify.annotations.NullMarked;
