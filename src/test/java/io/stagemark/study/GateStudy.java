package io.stagemark.study;

import io.stagemark.compare.Comparison;
import io.stagemark.compare.ComparisonFile;
import io.stagemark.compare.SpeedResult;
import io.stagemark.compare.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How often the whole gate flags identical sides, and how often it finds real work in one stage.
 *
 * <pre>
 *   java ... io.stagemark.study.GateStudy FOLDER RUN.yaml STAGE PERCENTxGATES...
 *   java ... io.stagemark.study.GateStudy study configs/voice-activity.yaml forward 0x40 5x60 10x20
 * </pre>
 *
 * <p>Each gate is a folder of its own under FOLDER; one that has its {@code comparison.json} is not
 * run again, so that a study that was stopped goes on where it was. The table is printed at the
 * end, and at once when nothing is left to run.
 */
public final class GateStudy {
  private final Path folder;
  private final Path run;
  private final String stage;

  private GateStudy(Path folder, Path run, String stage) {
    this.folder = folder.toAbsolutePath();
    this.run = run.toAbsolutePath();
    this.stage = stage;
  }

  public static void main(String[] args) throws Exception {
    GateStudy study = new GateStudy(Path.of(args[0]), Path.of(args[1]), args[2]);
    StringBuilder table =
        new StringBuilder(
            "  injected  gates  failed  p50 found  p95 found  named right  flags/of\n");
    for (int a = 3; a < args.length; a++) {
      String[] point = args[a].split("x", 2);
      table.append(study.point(point[0], Integer.parseInt(point[1])));
    }
    System.out.print(table);
  }

  /** Runs the gates of one percentage that are still missing, and counts. */
  private String point(String percent, int gates) throws Exception {
    int failed = 0;
    int p50 = 0;
    int p95 = 0;
    int named = 0;
    int flags = 0;
    int judged = 0;
    for (int g = 1; g <= gates; g++) {
      Path out = folder.resolve(stage + "-" + percent + "-" + g);
      if (!Files.exists(out.resolve(ComparisonFile.NAME))) {
        gate(out, percent);
      }
      Comparison found = ComparisonFile.read(out.resolve(ComparisonFile.NAME));
      failed += found.failures().isEmpty() ? 0 : 1;
      p50 += regressed(found, 50) ? 1 : 0;
      p95 += regressed(found, 95) ? 1 : 0;
      named += found.blamed().stream().anyMatch(b -> b.startsWith(stage + " ")) ? 1 : 0;
      judged += found.speed().size();
      flags +=
          (int)
              found.speed().stream()
                  .filter(s -> s.verdict() == Verdict.REGRESSED || s.verdict() == Verdict.IMPROVED)
                  .count();
    }
    return String.format(
        Locale.ROOT,
        "%8s %%  %5d  %6d  %9d  %9d  %11d  %d/%d%n",
        percent,
        gates,
        failed,
        p50,
        p95,
        named,
        flags,
        judged);
  }

  private boolean regressed(Comparison found, int percentile) {
    for (SpeedResult s : found.speed()) {
      if (s.stage().equals(stage) && s.percentile() == percentile) {
        return s.verdict() == Verdict.REGRESSED;
      }
    }
    return false;
  }

  private void gate(Path out, String percent) throws Exception {
    Files.createDirectories(out);
    String set = "{set: ['measure.warmupSeconds=1', 'measure.maxWarmupSeconds=3']}";
    String inject =
        percent.equals("0") ? "" : "inject: {stage: " + stage + ", percent: " + percent + "}\n";
    Path config =
        Files.writeString(
            out.resolve("gate.yaml"),
            "name: study\nrun: "
                + run
                + "\nbaseline: "
                + set
                + "\ncandidate: "
                + set
                + "\npairs: {blocks: 32}\noutput: "
                + out
                + "\n"
                + inject);
    Process gate =
        new ProcessBuilder("./stagemark", "gate", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.resolve("log.txt").toFile())
            .start();
    gate.waitFor();
  }
}
