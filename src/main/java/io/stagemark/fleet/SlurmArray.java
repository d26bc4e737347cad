package io.stagemark.fleet;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import java.util.stream.Collectors;

/** A {@link ShardJob} as the script of a Slurm array: one task a shard, counted from 1. */
public final class SlurmArray {
  private SlurmArray() {}

  /** Returns the script, for {@code sbatch}. */
  public static String render(ShardJob job) {
    String task =
        job.arguments().stream().map(PlainText::shellArgument).collect(Collectors.joining(" "));
    return String.format(
        ROOT,
        """
        #!/bin/bash
        #SBATCH --job-name=%s
        #SBATCH --array=1-%d%%%d
        #SBATCH --cpus-per-task=%d
        #SBATCH --mem=%dM
        # sbatch FILE, in the folder that relative paths are from; a task that failed is run again by
        # sbatch --array=K FILE. When every task has ended well:
        #   %s
        set -eu
        exec %s --shard "${SLURM_ARRAY_TASK_ID}/%d"
        """,
        job.label(),
        job.shards(),
        Math.min(job.shards(), job.needs().parallel()),
        job.needs().cpus(),
        job.needs().memoryMiB(),
        job.mergeLine(),
        task,
        job.shards());
  }
}
