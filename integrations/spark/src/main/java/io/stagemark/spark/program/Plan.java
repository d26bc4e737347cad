package io.stagemark.spark.program;

import java.util.List;
import java.util.Map;

/**
 * What a job will do.
 *
 * @param name of the run
 * @param examples of the whole data set
 * @param missing shards that are to be scored, from 1
 * @param environment variables that a JVM with the engines must be started with
 * @param jvmFlags that it should be started with
 */
public record Plan(
    String name,
    int examples,
    List<Integer> missing,
    Map<String, String> environment,
    List<String> jvmFlags) {
  public Plan {
    missing = List.copyOf(missing);
    environment = Map.copyOf(environment);
    jvmFlags = List.copyOf(jvmFlags);
  }
}
