package io.stagemark.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every task of a job is sent.
 *
 * @param application id of Spark's application: another one in the same JVM copies its files anew
 * @param program where the jars are
 * @param homes the folder of config, models and data; none for paths that every executor sees
 * @param config absolute, or relative to the home
 * @param overrides of the config
 * @param shards how many
 * @param threads of every case
 */
record ShardTasks(
    String application,
    ProgramFiles program,
    List<HomeFolder> homes,
    String config,
    List<String> overrides,
    int shards,
    int threads)
    implements Serializable {
  ShardTasks {
    homes = new ArrayList<>(homes);
    overrides = new ArrayList<>(overrides);
  }

  /** Returns the same of another application. */
  ShardTasks of(String id) {
    return new ShardTasks(id, program, homes, config, overrides, shards, threads);
  }

  Optional<HomeFolder> home() {
    return homes.stream().findFirst();
  }
}
