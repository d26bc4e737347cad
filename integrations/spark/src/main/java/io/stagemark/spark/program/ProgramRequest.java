package io.stagemark.spark.program;

import java.nio.file.Path;
import java.util.List;

/**
 * What Stagemark is opened for, on this machine.
 *
 * @param home folder whose {@code models/} has the models that a config names
 * @param config YAML file
 * @param overrides such as {@code score=[top-1]}
 * @param shards how many there are
 * @param threads of every case: processors of a task
 * @param natives folder of unpacked native libraries
 * @param scratch folder for temporary files, which somebody else deletes
 */
public record ProgramRequest(
    Path home,
    Path config,
    List<String> overrides,
    int shards,
    int threads,
    Path natives,
    Path scratch) {
  public ProgramRequest {
    overrides = List.copyOf(overrides);
  }
}
