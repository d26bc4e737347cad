package io.stagemark.spark;

import io.stagemark.spark.program.FailedException;
import io.stagemark.spark.program.Plan;
import io.stagemark.spark.program.Program;
import io.stagemark.spark.program.ProgramRequest;
import io.stagemark.spark.program.RefusedException;
import io.stagemark.spark.program.ScoredShard;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.LongAccumulator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The driver: checks everything, has the missing shards scored by tasks, writes each shard's file
 * as it comes, and merges them all.
 */
final class ShardJob {
  private static final Pattern OF_TASK =
      Pattern.compile("(?s)" + Pattern.quote(ScoreShard.FAILED) + "(.*?)\\n\\s+at ");

  private final JobOptions options;
  private final PrintStream out;

  /**
   * @param out gets what the console shows
   */
  ShardJob(JobOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs the job.
   *
   * @param scratch an empty folder, which the caller deletes
   * @throws RefusedException for bad input; no job was started
   * @throws FailedException if the job fails
   */
  void run(SparkConf conf, Path scratch)
      throws RefusedException, FailedException, IOException, InterruptedException {
    requireMaster(conf);
    ProgramFiles files = ProgramFiles.find(options.program(), options.ship());
    int threads = conf.getInt("spark.task.cpus", 1);
    Optional<HomeFolder> home =
        Optional.of(options.home())
            .filter(address -> !address.isEmpty())
            .map(address -> new HomeFolder(address, options.ship()));
    Path folder = home.isPresent() ? here(home.get(), conf, scratch) : Path.of(files.folder());
    Path config = home.isPresent() ? folder.resolve(options.config()) : absolute(options.config());
    Program program =
        ProgramClassLoader.open(
            files.here(),
            new ProgramRequest(
                folder,
                config,
                options.overrides(),
                options.shards(),
                threads,
                files.natives(scratch),
                scratch));
    String name = String.valueOf(config.getFileName()).replaceFirst("\\.ya?ml$", "");
    Path parts = folder(options.parts(), "parts/" + name + "-" + options.shards());
    Path result = folder(options.out(), "reports/" + name + "-scores");
    Plan plan = program.plan(parts, result);
    if (!plan.missing().isEmpty()) {
      prepare(conf, plan);
      ShardTasks tasks =
          new ShardTasks(
              "",
              files,
              home.stream().toList(),
              home.isPresent() ? options.config() : config.toString(),
              options.overrides(),
              options.shards(),
              threads);
      score(conf, plan, tasks, parts);
    }
    out.print(program.merge(parts, result));
  }

  /** An address that leads nowhere is bad input; a file system that breaks off is a failure. */
  private static Path here(HomeFolder home, SparkConf conf, Path scratch)
      throws RefusedException, IOException {
    try {
      return home.here(SparkHadoopUtil.get().newConfiguration(conf), scratch);
    } catch (UnreadableHomeException e) {
      throw refused(home, e.reason());
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw refused(home, "no such folder or file");
    }
  }

  private static RefusedException refused(HomeFolder home, String found) {
    return new RefusedException(
        "--home " + home.address(),
        found,
        "a folder or .zip with config, models/ and data, on a file system that Spark's jars can read",
        example(home.address()));
  }

  private static String example(String address) {
    return address.startsWith("s3a:")
        ? "--packages org.apache.hadoop:hadoop-aws:%s, and spark.hadoop.fs.s3a.* as README.md says"
            .formatted(VersionInfo.getVersion())
        : "--home hdfs://HOST:8020/jobs/home";
  }

  private static Path folder(String named, String otherwise) {
    return absolute(named.isEmpty() ? otherwise : named);
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  private static void requireMaster(SparkConf conf) throws RefusedException {
    if (!conf.contains("spark.master")) {
      throw new RefusedException(
          "spark.master",
          "not set",
          "a cluster, or this machine",
          "spark-submit --master local[2]");
    }
  }

  /** Sets what executors are started with; a local one has the driver's JVM. */
  private static void prepare(SparkConf conf, Plan plan) throws RefusedException {
    boolean local = conf.get("spark.master").matches("local(\\[.*])?");
    for (Map.Entry<String, String> each : plan.environment().entrySet()) {
      if (local && !each.getValue().equals(System.getenv(each.getKey()))) {
        throw new RefusedException(
            "environment of this process, in which a local master scores",
            each.getKey() + "=" + String.valueOf(System.getenv(each.getKey())),
            each.getValue() + ", which an engine wants",
            "export %s=%s".formatted(each.getKey(), each.getValue()));
      }
      conf.setExecutorEnv(each.getKey(), each.getValue());
    }
    String given = conf.get("spark.executor.extraJavaOptions", "");
    conf.set(
        "spark.executor.extraJavaOptions",
        (given + " " + String.join(" ", plan.jvmFlags())).strip());
    conf.setIfMissing("spark.app.name", "stagemark " + plan.name());
    // every shard's state comes to the driver, and is written to a file at once
    conf.setIfMissing("spark.driver.maxResultSize", "0");
  }

  private void score(SparkConf conf, Plan plan, ShardTasks tasks, Path parts)
      throws RefusedException, FailedException, IOException {
    Files.createDirectories(parts);
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      ship(context, tasks);
      String what =
          "%s: %d of %d shards, %d examples"
              .formatted(plan.name(), plan.missing().size(), options.shards(), plan.examples());
      context.setJobGroup("stagemark", what, true);
      LongAccumulator examples = context.sc().longAccumulator("examples scored");
      RDD<Integer> shards =
          context.parallelize(plan.missing(), plan.missing().size()).rdd().setName("shards");
      context
          .sc()
          .runJob(
              shards,
              new ScoreShard(tasks.of(context.sc().applicationId()), examples),
              new Arrival(parts),
              ClassTag$.MODULE$.apply(ScoredShard.class));
      out.println(what + ": scored");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (Exception e) { // Spark's methods throw checked exceptions that they do not declare
      if (e instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw failure(e);
    }
  }

  /** A failed task's message is in that of the job, before the first line of its stack. */
  private static FailedException failure(Exception e) throws RefusedException {
    String text = String.valueOf(e.getMessage());
    Matcher task = OF_TASK.matcher(text);
    String message = task.find() ? task.group(1) : text;
    if (text.contains(RefusedException.class.getName())) {
      throw new RefusedException(message);
    }
    return new FailedException("the job failed: " + message);
  }

  private void ship(JavaSparkContext context, ShardTasks tasks) {
    if (options.ship()) {
      tasks.program().jars().forEach(jar -> context.addFile(jar));
      tasks.home().ifPresent(home -> context.addFile(home.path().toString()));
    }
  }

  /** Writes a shard's file when its task has ended: the first of two that are the same. */
  private static final class Arrival extends AbstractFunction2<Object, ScoredShard, BoxedUnit> {
    private final Path parts;

    Arrival(Path parts) {
      this.parts = parts;
    }

    @Override
    public BoxedUnit apply(Object partition, ScoredShard shard) {
      Path file = parts.resolve(shard.file());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(part, shard.bytes());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return BoxedUnit.UNIT;
    }
  }
}
