package io.stagemark.spark;

import io.stagemark.spark.program.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user typed.
 *
 * @param config YAML file; relative to {@code home} where that is given
 * @param shards how many
 * @param out folder of the result; empty for {@code reports/NAME-scores}
 * @param parts folder of the shards; empty for {@code parts/NAME-SHARDS}
 * @param home of config, models and data; empty for paths that every executor sees
 * @param program folder of the installation; empty for the one that the jar is in
 * @param ship whether program and home are sent with the job
 * @param overrides of the config
 */
record JobOptions(
    String config,
    int shards,
    String out,
    String parts,
    String home,
    String program,
    boolean ship,
    List<String> overrides) {
  static final String USAGE =
      """
      Usage: spark-submit stagemark-spark.jar CONFIG --shards N [options]
      Scores the shards of a data set as tasks of Spark, and merges them to the bits of a run.

        CONFIG            YAML file, on a path that every executor sees; relative to --home
        --shards N        how many shards the data set is divided into: a task for each
        --out FOLDER      gets the result (default reports/NAME-scores)
        --parts FOLDER    gets the shards (default parts/NAME-N); those there are not scored again
        --home URI        folder or .zip with config, models/ and data; hdfs:, s3a: and others are
                          copied once an executor
        --ship            sends the program, and the .zip of --home, with the job
        --program FOLDER  checkout of Stagemark that was built (default the one this jar is in)
        --set KEY=VALUE   overrides a key of the config; repeatable

      Threads of every case are spark.task.cpus. Exit code: 0 scored and merged, 2 bad input (no
      job was started), 3 an engine or the job failed.
      """;

  JobOptions {
    overrides = List.copyOf(overrides);
  }

  /**
   * Reads the arguments.
   *
   * @throws RefusedException for an unknown or missing one
   */
  static JobOptions parse(String... arguments) throws RefusedException {
    String config = "";
    String shards = "";
    String out = "";
    String parts = "";
    String home = "";
    String program = "";
    boolean ship = false;
    List<String> overrides = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String each = arguments[i];
      switch (each) {
        case "--shards" -> shards = value(arguments, ++i);
        case "--out" -> out = value(arguments, ++i);
        case "--parts" -> parts = value(arguments, ++i);
        case "--home" -> home = value(arguments, ++i);
        case "--program" -> program = value(arguments, ++i);
        case "--set" -> overrides.add(value(arguments, ++i));
        case "--ship" -> ship = true;
        default -> {
          if (each.startsWith("-") || !config.isEmpty()) {
            throw misused(each, "CONFIG and the options of --help");
          }
          config = each;
        }
      }
    }
    if (config.isEmpty()) {
      throw misused("no CONFIG", "a config's file");
    }
    if (!shards.matches("[0-9]{1,6}")) {
      throw misused(shards.isEmpty() ? "no --shards" : "--shards " + shards, "a whole number");
    }
    if (ship && !home.isEmpty() && !new HomeFolder(home, true).isLocalZip()) {
      throw misused("--ship with --home " + home, "a .zip file on this machine, which is sent");
    }
    return new JobOptions(
        config, Integer.parseInt(shards), out, parts, home, program, ship, overrides);
  }

  private static String value(String[] arguments, int i) throws RefusedException {
    if (i >= arguments.length) {
      throw misused(arguments[i - 1] + " without a value", "a value after it");
    }
    return arguments[i];
  }

  private static RefusedException misused(String found, String expected) {
    return new RefusedException(
        "stagemark-spark.jar",
        found,
        expected,
        "spark-submit stagemark-spark.jar configs/quickstart.yaml --shards 64");
  }
}
