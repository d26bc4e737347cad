package io.stagemark.spark.program;

import java.io.Serializable;

/**
 * A shard as a task returns it.
 *
 * @param file where it belongs in the folder of the parts, such as {@code
 *     shard-0003-of-0064/scores.shard}
 * @param bytes of that file
 * @param examples that were scored
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a file, which nobody compares
public record ScoredShard(String file, byte[] bytes, int examples) implements Serializable {}
