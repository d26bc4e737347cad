package io.stagemark.study;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Precision;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.Median;
import io.stagemark.stats.RepeatInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a run's 95 % interval holds: the same config is run again and again, in processes of its
 * own, and the p50 of any two runs are compared as the p50 of two cases are.
 *
 * <pre>
 *   mvn -q test-compile exec:exec@repeat-study                              the whole study
 *   mvn -q test-compile exec:exec@repeat-study -Drepeat="docs/repeat-study 1 pipelinex40@1"
 * </pre>
 *
 * <p>The second argument is how many runs this call makes at most. What came of each run is a line
 * of {@code runs.csv}; a run that has its line is not made again. {@code table.md} is written
 * beside it. {@code quickstart} is the case of ONNX Runtime of configs/quickstart.yaml, {@code
 * pipeline} that of configs/text-orientation.yaml at batch 1, about 1 ms; both have three trials.
 */
public final class RepeatStudy {
  private static final List<String> WHOLE =
      List.of("quickstartx40@0", "pipelinex40@0", "quickstartx40@1", "pipelinex40@1");
  private static final String HEAD = "point,run,started,seconds,p50_ms,low_ms,high_ms,trials_ms";
  private static final double MILLI = 1e6;

  /** A line of {@code runs.csv}. */
  private record Line(
      String point,
      int run,
      String started,
      double seconds,
      RepeatInterval p50,
      List<String> trials) {

    static Line parse(String text) {
      String[] words = text.split(",", -1);
      double[] p50 = Arrays.stream(words, 4, 7).mapToDouble(Double::parseDouble).toArray();
      List<String> trials = List.of(words[7].split(" ", -1));
      return new Line(
          words[0],
          Integer.parseInt(words[1]),
          words[2],
          Double.parseDouble(words[3]),
          new RepeatInterval(p50[0], p50[1], p50[2], trials.size()),
          trials);
    }

    boolean is(String key, int number) {
      return point.equals(key) && run == number;
    }

    String text() {
      return "%s,%d,%s,%.1f,%.4f,%.4f,%.4f,%s"
          .formatted(
              point,
              run,
              started,
              seconds,
              p50.value(),
              p50.low(),
              p50.high(),
              String.join(" ", trials));
    }
  }

  private final Path lines;
  private final Path table;
  private final List<Line> done = new ArrayList<>();

  private RepeatStudy(Path folder) throws IOException {
    this.lines = Files.createDirectories(folder).resolve("runs.csv");
    this.table = folder.resolve("table.md");
    if (Files.exists(lines)) {
      Files.readAllLines(lines).stream().skip(1).map(Line::parse).forEach(done::add);
    }
  }

  public static void main(String[] args) throws Exception {
    List<String> points = args.length > 2 ? List.of(args).subList(2, args.length) : WHOLE;
    RepeatStudy study = new RepeatStudy(Path.of(args[0]));
    study.run(Integer.parseInt(args[1]), points);
    study.write();
    System.out.print(Files.readString(study.table));
  }

  /** The points take turns, so that each of them meets every mood of the machine. */
  private void run(int limit, List<String> points) throws Exception {
    int made = 0;
    for (int run = 1; made < limit; run++) {
      boolean any = false;
      for (String point : points) {
        String[] parts = point.split("[x@]", -1);
        String key = parts[0] + "@" + parts[2];
        int number = run;
        boolean open = run <= Integer.parseInt(parts[1]);
        any |= open;
        if (open && made < limit && done.stream().noneMatch(l -> l.is(key, number))) {
          done.add(one(parts[0], Integer.parseInt(parts[2]), key, run));
          made++;
          write();
        }
      }
      if (!any) {
        return;
      }
    }
  }

  private static Line one(String what, int busyThreads, String key, int number) throws Exception {
    Path out = Path.of("reports", "repeat-study", key).toAbsolutePath();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                what.equals("quickstart")
                    ? "configs/quickstart.yaml"
                    : "configs/text-orientation.yaml",
                "--no-calibration",
                "--quiet"));
    List<String> sets = new ArrayList<>(List.of("output=" + out, "measure.trials=3"));
    sets.addAll(
        what.equals("quickstart")
            ? List.of("cases.engine=onnxruntime")
            : List.of(
                "cases.engine=onnxruntime",
                "cases.batch=1",
                "measure.warmupSeconds=1",
                "measure.minSeconds=1"));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    String started = java.time.Instant.now().toString();
    long start = System.nanoTime();
    List<Process> busy = new ArrayList<>();
    try {
      for (int i = 0; i < busyThreads; i++) {
        busy.add(BusyProgram.start());
      }
      Path log = Files.createDirectories(out.getParent()).resolve(key + ".log");
      int code =
          java(Stream.concat(Stream.of("io.stagemark.cli.Main"), arguments.stream()))
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw new IOException("the run ended with " + code + "; see " + log);
      }
    } finally {
      busy.forEach(Process::destroyForcibly);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    RunResult result = ResultFiles.readRun(out);
    return line(key, number, started, seconds, result.cases().get(0));
  }

  private static Line line(
      String key, int number, String started, double seconds, CaseResult found) {
    RepeatInterval p50 =
        found
            .proof()
            .flatMap(CaseProof::precision)
            .flatMap(Precision::headline)
            .orElseThrow()
            .scaled(1 / MILLI);
    List<String> trials =
        found.trials().stream()
            .map(TrialResult::measured)
            .flatMap(Optional::stream)
            .map(m -> String.format(ROOT, "%.4f", p50(m) / MILLI))
            .toList();
    return new Line(key, number, started, seconds, p50, trials);
  }

  private static double p50(TrialResult.Measured measured) {
    return measured.stage(Stage.TOTAL.label()).orElseThrow().quantile(50).nanos().orElseThrow();
  }

  private static ProcessBuilder java(Stream<String> program) {
    Stream<String> options =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-Dstagemark.natives=" + Path.of("target", "natives").toAbsolutePath(),
            "-classpath",
            System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(options, program).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    return builder;
  }

  private void write() throws IOException {
    Files.write(lines, Stream.concat(Stream.of(HEAD), done.stream().map(Line::text)).toList());
    StringBuilder text =
        new StringBuilder(
            "| point | runs | pairs | no difference found | other's p50 inside the run's own interval"
                + " | ±, median | p50, ms, least to most | s a run, median |\n"
                + "|---|---:|---:|---:|---:|---:|---:|---:|\n");
    for (String key : done.stream().map(Line::point).distinct().sorted().toList()) {
      text.append(row(key, done.stream().filter(l -> l.point().equals(key)).toList()));
    }
    Files.writeString(table, text);
  }

  /** Every pair of runs once for the difference, and both ways for the interval of one. */
  private static String row(String key, List<Line> runs) {
    int pairs = 0;
    int same = 0;
    int inside = 0;
    for (Line one : runs) {
      for (Line other : runs) {
        if (one.run() < other.run()) {
          pairs++;
          RepeatInterval ratio = one.p50().over(other.p50());
          same += ratio.low() <= 1 && ratio.high() >= 1 ? 1 : 0;
        }
        if (one.run() != other.run()) {
          double p50 = other.p50().value();
          inside += one.p50().low() <= p50 && p50 <= one.p50().high() ? 1 : 0;
        }
      }
    }
    return String.format(
        ROOT,
        "| %s | %d | %d | %.1f %% | %.1f %% | %.1f %% | %.3f to %.3f | %.0f |%n",
        key,
        runs.size(),
        pairs,
        100.0 * same / Math.max(1, pairs),
        100.0 * inside / Math.max(1, 2 * pairs),
        100 * median(runs.stream().mapToDouble(l -> l.p50().halfWidth()).toArray()),
        runs.stream().mapToDouble(l -> l.p50().value()).min().orElse(0),
        runs.stream().mapToDouble(l -> l.p50().value()).max().orElse(0),
        median(runs.stream().mapToDouble(Line::seconds).toArray()));
  }

  private static double median(double[] values) {
    return Median.of(values);
  }
}
