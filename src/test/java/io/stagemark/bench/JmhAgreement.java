package io.stagemark.bench;

import static java.util.Locale.ROOT;

import io.stagemark.config.Catalog;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.RunConfig;
import io.stagemark.data.Stage;
import io.stagemark.engine.Engine;
import io.stagemark.report.Reporter;
import io.stagemark.result.RunResult;
import io.stagemark.run.BenchmarkRun;
import io.stagemark.run.progress.RunListener;
import io.stagemark.run.record.Calibration;
import io.stagemark.run.record.ReplayCommand;
import io.stagemark.run.record.RunOptions;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * The same forward measured by JMH and by this program: CenterNet in ONNX Runtime on one thread,
 * five fresh JVMs each. Prints both means with intervals of 95 % over the JVMs' means (Student's
 * t), and whether they meet.
 *
 * <pre>
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath io.stagemark.bench.JmhAgreement"
 * </pre>
 *
 * About three minutes on an idle machine; on a busy one the two do not meet the same disturbance.
 */
public final class JmhAgreement {
  private static final int JVMS = 5;

  private JmhAgreement() {}

  /** Prints three lines. */
  public static void main(String[] args) throws Exception {
    double[] jmh = jmh();
    double[] ours = stagemark();
    double jmhHigh = print("JMH", jmh);
    double oursHigh = print("Stagemark", ours);
    boolean meet = jmhHigh >= low(ours) && oursHigh >= low(jmh);
    System.out.println(meet ? "the intervals meet" : "the intervals do NOT meet");
  }

  /** The mean of each fork, in ms. */
  private static double[] jmh() throws Exception {
    Result<?> result =
        new Runner(
                new OptionsBuilder()
                    .include("ForwardBenchmark.stagemark")
                    .param("model", "centernet")
                    .forks(JVMS)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.seconds(6))
                    .build())
            .runSingle()
            .getPrimaryResult();
    Statistics forks = result.getStatistics();
    double[] millis = new double[(int) forks.getN()];
    var values = forks.getRawData();
    for (int i = 0; i < millis.length && values.hasNext(); i++) {
      millis[i] = values.next().getKey() / 1e3; // the benchmark reports µs
    }
    return millis;
  }

  /** The mean forward of each trial, in ms. */
  private static double[] stagemark() throws Exception {
    ClassLoader loader = JmhAgreement.class.getClassLoader();
    Path folder = Files.createTempDirectory("jmh-agreement");
    Catalog catalog =
        new Catalog(
            Registry.discover(Engine.class, loader),
            Registry.discover(Task.class, loader),
            Registry.discover(Reporter.class, loader).names(),
            Path.of("models").toAbsolutePath(),
            folder);
    RunConfig config =
        new ConfigReader(catalog)
            .read(
                Path.of("configs/quickstart.yaml"),
                List.of(
                    "cases.engine=[onnxruntime]",
                    "cases.threads=[1]",
                    "measure.trials=" + JVMS,
                    "measure.warmupSeconds=4",
                    "measure.minSeconds=6",
                    "score=[]",
                    "output=" + folder.resolve("run")));
    RunResult result =
        new BenchmarkRun(
                config,
                new RunOptions(false, Calibration.NONE, new ReplayCommand("")),
                new Silent())
            .run();
    return result.cases().get(0).trials().stream()
        .flatMap(trial -> trial.measured().stream())
        .mapToDouble(m -> m.stage(Stage.FORWARD.label()).orElseThrow().meanNanos() / 1e6)
        .toArray();
  }

  /** Prints a mean with its interval and returns the upper end. */
  private static double print(String name, double[] millis) {
    System.out.printf(
        ROOT,
        "%-10s forward mean %.3f ms [%.3f, %.3f], %d JVMs%n",
        name,
        mean(millis),
        low(millis),
        2 * mean(millis) - low(millis),
        millis.length);
    return 2 * mean(millis) - low(millis);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double low(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (values.length - 1) / values.length);
    return mean - TDistribution.of(values.length - 1.0).inverseCumulativeProbability(0.975) * error;
  }

  private static final class Silent implements RunListener {
    @Override
    public void failure(String caseLabel, int trial, String reason) {
      throw new IllegalStateException(caseLabel + " trial " + trial + ": " + reason);
    }
  }
}
