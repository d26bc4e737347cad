package io.stagemark.study;

import io.stagemark.compare.Comparison;
import io.stagemark.compare.ComparisonFile;
import io.stagemark.data.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often the whole gate flags identical sides, how often it finds real work in one stage, and
 * what other procedures say of the same samples.
 *
 * <pre>
 *   mvn -q test-compile exec:exec@study                                 the whole study
 *   mvn -q test-compile exec:exec@study -Dstudy="reports/study 0x2 5x20@1"
 * </pre>
 *
 * <p>Each gate is a folder of its own; one that has come to its end is not run again, so that a
 * study that was stopped goes on where it was. The table, {@code table.md}, is written after every
 * point. The pipeline is configs/text-orientation.yaml at batch 1: about 1 ms, of which forward
 * takes nine tenths; 600 batches a pair, so that p50 and p95 are judged.
 */
public final class GateStudy {
  private static final Stage STAGE = Stage.FORWARD;
  private static final List<String> WHOLE =
      List.of("0x40", "2x20", "3x20", "5x60", "10x20", "20x20", "0x20@1", "5x20@1", "10x20@1");
  private static final Path RUN = Path.of("configs", "text-orientation.yaml");

  private final Path folder;

  private GateStudy(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  public static void main(String[] args) throws Exception {
    List<String> points = args.length > 1 ? List.of(args).subList(1, args.length) : WHOLE;
    new GateStudy(Path.of(args[0])).run(points.stream().map(StudyPoint::parse).toList());
  }

  private void run(List<StudyPoint> points) throws Exception {
    StringBuilder table = new StringBuilder(StudyTally.HEAD);
    for (StudyPoint point : points) {
      StudyTally tally = new StudyTally(point, STAGE);
      for (int gate = 1; gate <= point.gates(); gate++) {
        Path out = point.folder(folder, STAGE.label(), gate);
        if (!done(out)) {
          gate(point, gate, out);
        }
        Comparison found = ComparisonFile.read(GatePeers.comparison(out));
        tally.add(out, found, Double.parseDouble(Files.readString(seconds(out)).strip()));
      }
      table.append(tally.row());
      Files.writeString(folder.resolve("table.md"), table);
    }
    System.out.print(table);
  }

  /** A gate that Ctrl-C ended has a comparison too, but is to be run again. */
  private static boolean done(Path out) throws Exception {
    Path file = GatePeers.comparison(out);
    return Files.exists(file)
        && Files.exists(seconds(out))
        && ComparisonFile.read(file).failures().stream()
            .noneMatch(why -> why.startsWith("interrupted"));
  }

  private static Path seconds(Path out) {
    return out.resolve("seconds.txt");
  }

  private void gate(StudyPoint point, int number, Path out) throws Exception {
    Files.createDirectories(out);
    System.err.printf("%s %% injected, gate %d of %d%n", point.percent(), number, point.gates());
    Path config = Files.writeString(out.resolve("gate.yaml"), config(point, number, out));
    long start = System.nanoTime();
    List<Process> busy = new ArrayList<>();
    try {
      for (int i = 0; i < point.busy(); i++) {
        busy.add(java(Stream.of(BusyProgram.class.getName())).start());
      }
      Process gate =
          java(Stream.of("io.stagemark.cli.Main", "gate", config.toString()))
              .redirectErrorStream(true)
              .redirectOutput(out.resolve("log.txt").toFile())
              .start();
      int code = gate.waitFor();
      if (code != 0 && code != 1 && code != 3) {
        throw new IOException("the gate ended with " + code + "; see " + out.resolve("log.txt"));
      }
    } finally {
      busy.forEach(Process::destroyForcibly);
    }
    Files.writeString(seconds(out), (System.nanoTime() - start) / 1e9 + "\n");
  }

  private static String config(StudyPoint point, int number, Path out) {
    String set =
        "{set: ['cases.batch=1', 'measure.seed=%d', 'measure.warmupSeconds=1',".formatted(number)
            + " 'measure.maxWarmupSeconds=1']}";
    String inject =
        point.isControl()
            ? ""
            : "inject: {stage: %s, percent: %s}\n".formatted(STAGE.label(), point.percent());
    return """
        name: study
        run: %s
        baseline: %s
        candidate: %s
        pairs: {blocks: 30, blockBatches: 20}
        output: %s
        """
            .formatted(RUN.toAbsolutePath(), set, set, out)
        + inject;
  }

  private static ProcessBuilder java(Stream<String> program) {
    Stream<String> options =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-classpath",
            System.getProperty("java.class.path"));
    return new ProcessBuilder(Stream.concat(options, program).toList())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }
}
