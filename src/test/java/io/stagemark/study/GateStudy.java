package io.stagemark.study;

import io.stagemark.data.Stage;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often the whole gate flags identical sides, how often it finds real work in one stage, and
 * what other procedures say of the same samples.
 *
 * <pre>
 *   ./stagemark --version                      builds the jar that the gates run
 *   mvn -q test-compile exec:exec@study                                 the whole study
 *   mvn -q test-compile exec:exec@study -Dstudy="docs/gate-study-looks 0x2 5x20@1"
 * </pre>
 *
 * <p>What came of each gate is a line of {@code gates.csv} in the study's folder; one that has its
 * line is not run again, so that a study that was stopped goes on where it was, on another day too.
 * {@code table.md} is written beside it after every gate. Samples and reports of the gates are in
 * reports/study. The pipeline is configs/text-orientation.yaml at batch 1: about 1 ms, of which
 * forward takes nine tenths; 800 batches a pair, so that p50 and p95 are judged. A point with
 * {@code t2} computes with two threads; one with a {@code q} is of the quickstart: 60 batches a
 * pair, p50 alone.
 */
public final class GateStudy {
  private static final Stage STAGE = Stage.FORWARD;
  private static final List<String> WHOLE =
      List.of("0x40", "2x20", "3x20", "5x60", "10x20", "20x20", "0x20@1", "5x20@1", "10x20@1");
  private static final Path RUN = Path.of("configs", "text-orientation.yaml");
  private static final Path QUICKSTART = Path.of("configs", "quickstart.yaml");
  private static final Path REPORTS = Path.of("reports", "study");

  private final Path lines;
  private final Path table;
  private final List<StudyPoint> points;
  private final List<StudyGate> gates = new ArrayList<>();

  private GateStudy(Path folder, List<StudyPoint> points) throws IOException {
    this.lines = Files.createDirectories(folder).resolve("gates.csv");
    this.table = folder.resolve("table.md");
    this.points = points;
    if (Files.exists(lines)) {
      Files.readAllLines(lines).stream().skip(1).map(StudyGate::parse).forEach(gates::add);
    }
  }

  public static void main(String[] args) throws Exception {
    List<String> points = args.length > 1 ? List.of(args).subList(1, args.length) : WHOLE;
    new GateStudy(Path.of(args[0]), points.stream().map(StudyPoint::parse).toList()).run();
  }

  private void run() throws Exception {
    write();
    for (StudyPoint point : points) {
      for (int number = 1; number <= point.gates(); number++) {
        if (!done(point, number)) {
          gates.add(gate(point, number));
          write();
        }
      }
    }
    System.out.print(Files.readString(table));
  }

  private boolean done(StudyPoint point, int number) {
    return gates.stream().anyMatch(g -> g.point().equals(point.key()) && g.number() == number);
  }

  private void write() throws IOException {
    Files.write(
        lines,
        Stream.concat(Stream.of(StudyGate.HEAD), gates.stream().map(StudyGate::line)).toList());
    List<StudyPoint> all =
        Stream.concat(WHOLE.stream().map(StudyPoint::parse), points.stream())
            .collect(Collectors.toMap(StudyPoint::key, p -> p, (a, b) -> a, LinkedHashMap::new))
            .values()
            .stream()
            .toList();
    StringBuilder text = new StringBuilder(StudyTally.HEAD);
    for (StudyPoint point : all) {
      List<StudyGate> its = gates.stream().filter(g -> g.point().equals(point.key())).toList();
      text.append(new StudyTally(point, STAGE, its).row());
    }
    Files.writeString(table, text);
  }

  private StudyGate gate(StudyPoint point, int number) throws Exception {
    Path out = point.folder(REPORTS.toAbsolutePath(), number);
    Files.createDirectories(REPORTS.toAbsolutePath());
    Path log = out.resolveSibling(out.getFileName() + ".log"); // the folder is the gate's
    System.err.printf("%s %% injected, gate %d of %d%n", point.percent(), number, point.gates());
    Path config =
        Files.writeString(
            out.resolveSibling(out.getFileName() + ".yaml"), config(point, number, out));
    long start = System.nanoTime();
    List<Process> busy = new ArrayList<>();
    try {
      for (int i = 0; i < point.busy(); i++) {
        busy.add(BusyProgram.start());
      }
      Process gate =
          java(Stream.of("io.stagemark.cli.Main", "gate", config.toString()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int code = gate.waitFor();
      if (code == 2) {
        throw new IOException("the gate ended with " + code + "; see " + log);
      }
    } finally {
      busy.forEach(Process::destroyForcibly);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Comparison found = ComparisonFile.read(GatePeers.comparison(out));
    if (found.failures().stream().anyMatch(why -> why.startsWith("interrupted"))) {
      throw new InterruptedException("the gate was interrupted; run the study again to go on");
    }
    return StudyGate.of(point, number, STAGE, found, out, seconds);
  }

  private static String config(StudyPoint point, int number, Path out) {
    String set =
        "{set: ['cases.batch=1', 'cases.threads=%d', 'measure.seed=%d', 'measure.warmupSeconds=0.5',"
                .formatted(point.threads(), number)
            + " 'measure.maxWarmupSeconds=0.5']}";
    String quickstart =
        "{set: ['cases.engine=onnxruntime', 'measure.seed=%d', 'measure.warmupSeconds=1',"
                .formatted(number)
            + " 'measure.maxWarmupSeconds=2']}";
    String inject =
        point.isControl()
            ? ""
            : "inject: {stage: %s, percent: %s}\n".formatted(STAGE.label(), point.percent());
    return """
        name: study
        run: %s
        baseline: %s
        candidate: %s
        pairs: {blocks: %d, blockBatches: 20}
        output: %s
        """
            .formatted(
                (point.quickstart() ? QUICKSTART : RUN).toAbsolutePath(),
                point.quickstart() ? quickstart : set,
                point.quickstart() ? quickstart : set,
                point.quickstart() ? 3 : 40,
                out)
        + inject;
  }

  /** The program as users start it: from its jar, with the natives that the launcher unpacked. */
  private static ProcessBuilder java(Stream<String> program) throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    String dependencies = Files.readString(target.resolve("runtime-classpath.txt")).strip();
    Stream<String> options =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-Dstagemark.natives=" + target.resolve("natives"),
            "-classpath",
            target.resolve("stagemark.jar") + File.pathSeparator + dependencies);
    return new ProcessBuilder(Stream.concat(options, program).toList())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }
}
