package io.stagemark.spark;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What Spark costs: images per second of {@code score-shard --shard 1/1} with two threads, and of
 * the same examples through Spark's {@code local[2]}, in turns. The time is that of the whole
 * command, from the start of its JVM to its end; Spark's also merges. On a machine that other work
 * keeps busy, images per second of processor time say more: those of the command and its children.
 */
public final class SparkOverhead {
  /** What is compared. */
  private enum Way {
    PLAIN("score-shard 1/1, 2 threads", 0),
    TWO_TASKS("local[2], spark.task.cpus=1", 1),
    TWO_THREADS("local[2], spark.task.cpus=2", 2);

    private final String label;
    private final int taskCpus;

    Way(String label, int taskCpus) {
      this.label = label;
      this.taskCpus = taskCpus;
    }
  }

  private static final int SHARDS = 8;
  private static final int PAUSE_MILLIS = 50;

  private SparkOverhead() {}

  /**
   * Prints each time, and the medians.
   *
   * @param arguments how many examples, how many rounds
   */
  public static void main(String[] arguments) throws Exception {
    int examples = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("stagemark-overhead-");
    Path config = Photographs.write(folder, examples, "onnxruntime");
    Map<Way, List<Double>> rates = new EnumMap<>(Way.class);
    Map<Way, List<Double>> processor = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      rates.put(way, new ArrayList<>());
      processor.put(way, new ArrayList<>());
    }
    try (JavaProcesses processes = new JavaProcesses(folder, Map.of())) {
      for (int round = 1; round <= rounds; round++) {
        List<Way> order = new ArrayList<>(List.of(Way.values()));
        Collections.rotate(order, round); // nobody is always first
        for (Way way : order) {
          Path out = folder.resolve("out-%d-%s".formatted(round, way));
          long start = System.nanoTime();
          Process process =
              way == Way.PLAIN
                  ? plain(processes, config, out)
                  : spark(processes, config, out, way.taskCpus);
          double used = processorSeconds(process);
          double rate = examples / ((System.nanoTime() - start) / 1e9);
          if (process.exitValue() != 0) {
            throw new IOException(way.label + " failed, see " + folder);
          }
          Objects.requireNonNull(rates.get(way)).add(rate);
          Objects.requireNonNull(processor.get(way)).add(examples / used);
          System.out.printf(
              ROOT,
              "round %d  %-28s %.2f images/s, %.2f images/s of processor time%n",
              round,
              way.label,
              rate,
              examples / used);
        }
      }
    }
    print("images/s", rates);
    print("images/s of processor time", processor);
  }

  private static void print(String unit, Map<Way, List<Double>> rates) {
    double plain = median(Objects.requireNonNull(rates.get(Way.PLAIN)));
    rates.forEach(
        (way, all) ->
            System.out.printf(
                ROOT,
                "%-28s median of %d: %.2f %s, %.3f of score-shard%n",
                way.label,
                all.size(),
                median(all),
                unit,
                median(all) / plain));
  }

  /** Waits for the end; the processor time of a process is known while it lives, so it is asked. */
  private static double processorSeconds(Process process) throws InterruptedException {
    Map<Long, Double> used = new HashMap<>();
    do {
      Stream.concat(Stream.of(process.toHandle()), process.descendants())
          .forEach(
              each ->
                  each.info()
                      .totalCpuDuration()
                      .ifPresent(it -> used.put(each.pid(), it.toMillis() / 1e3)));
    } while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    return used.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Process plain(JavaProcesses processes, Path config, Path out) throws IOException {
    return processes.startStagemark(
        "plain",
        "score-shard",
        config.toString(),
        "--set",
        "cases.threads=[2]",
        "--shard",
        "1/1",
        "--out",
        out.toString());
  }

  private static Process spark(JavaProcesses processes, Path config, Path out, int cpus)
      throws IOException {
    List<String> flags =
        new ArrayList<>(List.of(System.getProperty("stagemark.spark.flags", "").split(" ")));
    flags.add("-Xmx1g");
    Path target = JavaProcesses.checkout().resolve("integrations/spark/target");
    return processes.start(
        "spark",
        flags,
        Files.readString(target.resolve("spark-classpath.txt")).strip(),
        "org.apache.spark.deploy.SparkSubmit",
        "--master",
        "local[2]",
        "--conf",
        "spark.task.cpus=" + cpus,
        "--conf",
        "spark.ui.enabled=false",
        target.resolve("stagemark-spark.jar").toString(),
        config.toString(),
        "--shards",
        "" + SHARDS,
        "--parts",
        out.resolve("parts").toString(),
        "--out",
        out.resolve("result").toString());
  }

  private static double median(List<Double> all) {
    List<Double> sorted = all.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
