/**
 * Spark's side of the job: it sees Spark and the JDK, and nothing of Stagemark's libraries, so that
 * two versions of Jackson or Protocol Buffers never meet.
 *
 * <pre>
 *   driver    Main --&gt; JobOptions --&gt; ShardJob: plan, tasks, merge
 *   executor  ScoreShard --&gt; HeldProgram (one a JVM) --ProgramClassLoader--&gt; inside.ScoringProgram
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.spark.ShardJob}.
 *
 * <p><b>Decisions:</b> docs/decisions/067-spark-beside-not-within.md.
 */
@NullMarked
package io.stagemark.spark;

import org.jspecify.annotations.NullMarked;
