package io.stagemark.spark;

import io.stagemark.spark.program.FailedException;
import io.stagemark.spark.program.RefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** {@code spark-submit stagemark-spark.jar CONFIG --shards N}. */
public final class Main {
  static final int OK = 0;
  static final int BAD_INPUT = 2;
  static final int FAILED = 3;

  private Main() {}

  /** Runs the job and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // numbers are written one way
    System.exit(run(new SparkConf(), System.out, System.err, arguments));
  }

  /** Returns the exit code. */
  static int run(SparkConf conf, PrintStream out, PrintStream err, String... arguments) {
    if (Arrays.asList(arguments).contains("--help")) {
      out.print(JobOptions.USAGE);
      return OK;
    }
    try {
      JobOptions options = JobOptions.parse(arguments);
      Path scratch = Files.createTempDirectory("stagemark-spark-");
      try {
        new ShardJob(options, out).run(conf, scratch);
      } finally {
        delete(scratch);
      }
      return OK;
    } catch (RefusedException e) {
      err.println(e.getMessage());
      return BAD_INPUT;
    } catch (FailedException | IOException e) {
      err.println("stagemark: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
