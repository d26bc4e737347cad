package io.stagemark.bench;

import static java.util.Locale.ROOT;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs {@link PreprocessBenchmark} and prints, for each size of image, the median of each benchmark
 * with its number of samples, its ratio to the floor (a plain fill of the input), and ours over it.
 *
 * <pre>
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="--add-modules=jdk.incubator.vector -cp %classpath \
 *     io.stagemark.bench.PreprocessRatios [SIZE...]"
 * </pre>
 *
 * SIZE is one of the benchmark's, such as 1280x720; none: all. Some 40 s a size.
 */
public final class PreprocessRatios {
  private static final String OURS = "ours";
  private static final String FLOOR = "floorFill";

  private PreprocessRatios() {}

  private record Median(double micros, long samples) {}

  /** Prints a table a size. */
  public static void main(String[] args) throws Exception {
    var options =
        new OptionsBuilder()
            .include(PreprocessBenchmark.class.getSimpleName())
            // not appended: that would take the place of what the benchmark appends
            .jvmArgsPrepend("--add-modules=jdk.incubator.vector");
    if (args.length > 0) {
      options.param("source", args);
    }
    bySize(new Runner(options.build()).run()).forEach(PreprocessRatios::print);
  }

  private static Map<String, Map<String, Median>> bySize(Collection<RunResult> results) {
    Map<String, Map<String, Median>> sizes = new TreeMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      Statistics times = result.getPrimaryResult().getStatistics();
      sizes
          .computeIfAbsent(result.getParams().getParam("source"), size -> new TreeMap<>())
          .put(
              benchmark.substring(benchmark.lastIndexOf('.') + 1),
              new Median(times.getPercentile(50), times.getN()));
    }
    return sizes;
  }

  private static void print(String size, Map<String, Median> medians) {
    double ours = micros(medians, OURS);
    double floor = micros(medians, FLOOR);
    System.out.printf(
        ROOT, "%n%-22s %9s %8s %9s %10s%n", size, "p50 in us", "n", "/ floor", "ours / it");
    medians.forEach(
        (name, median) ->
            System.out.printf(
                ROOT,
                "%-22s %9.0f %8d %9.2f %10.2f%n",
                name,
                median.micros,
                median.samples,
                median.micros / floor,
                ours / median.micros));
  }

  private static double micros(Map<String, Median> medians, String name) {
    Median median = medians.get(name);
    if (median == null) {
      throw new IllegalStateException("PreprocessBenchmark has no " + name);
    }
    return median.micros;
  }
}
