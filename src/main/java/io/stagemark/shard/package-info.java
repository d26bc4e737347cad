/**
 * A data set scored in parts, on one machine or many, and the parts merged to the same bits.
 *
 * <pre>
 *   config --ShardWhole--&gt; what its shards have in common
 *   K/N    --ShardRun, CasePass--&gt; ShardFile (header, states of the scores)
 *   all files --ShardSet (missing, doubled, foreign, damaged), ShardMerge--&gt; result.RunResult
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.shard.ShardRun}, then {@link
 * io.stagemark.shard.ShardMerge}.
 *
 * <p><b>In:</b> a resolved config. <b>Out:</b> a file for each shard; the result of a run without
 * times. <b>Must not know:</b> what starts the shards, or where.
 *
 * <p><b>Decisions:</b> docs/decisions/058-exact-shards.md.
 */
@NullMarked
package io.stagemark.shard;

import org.jspecify.annotations.NullMarked;
