package io.stagemark.spark;

import io.stagemark.spark.program.Program;
import io.stagemark.spark.program.ProgramRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.Utils;

/**
 * The program of an executor's JVM: opened by the first task of a job, used by all that follow.
 * Home, natives, listing and models are there once, not once a task.
 */
final class HeldProgram {
  private static final Map<ShardTasks, Program> PROGRAMS = new HashMap<>();

  private HeldProgram() {}

  /** Returns the program of a job; tasks that come while it is opened wait. */
  static Program of(ShardTasks job) throws IOException {
    synchronized (PROGRAMS) {
      Program known = PROGRAMS.get(job);
      if (known == null) {
        known = open(job);
        PROGRAMS.put(job, known);
      }
      return known;
    }
  }

  private static Program open(ShardTasks job) throws IOException {
    SparkConf conf = SparkEnv.get().conf();
    // Spark deletes it when the executor ends, and a Worker what a killed executor left
    Path scratch = Utils.createTempDir(Utils.getLocalDir(conf), "stagemark").toPath().toRealPath();
    ProgramFiles files = job.program();
    Path home = Path.of(files.folder());
    Path config = Path.of(job.config());
    if (job.home().isPresent()) {
      HomeFolder folder = job.home().get();
      home = folder.onExecutor(SparkHadoopUtil.get().newConfiguration(conf), scratch);
      config = home.resolve(job.config());
    }
    return ProgramClassLoader.open(
        files.onExecutor(),
        new ProgramRequest(
            home,
            config,
            job.overrides(),
            job.shards(),
            job.threads(),
            files.natives(scratch),
            scratch));
  }
}
