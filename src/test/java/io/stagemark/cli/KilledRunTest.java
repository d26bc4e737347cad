package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.ResultSchema;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a run and of every process below it, at random moments while whole trials are
 * on the disk; then {@code --resume}. At most the trial that was running is lost, and no file of
 * the user's is changed. A few kills by default; the campaign of 100, with its counts printed:
 *
 * <pre>
 *   mvn test -Dtest=KilledRunTest -Dstagemark.test.kills=100 [-Dstagemark.test.seed=7]
 * </pre>
 */
final class KilledRunTest {
  private static final int KILLS = Integer.getInteger("stagemark.test.kills", 2);
  private static final int SEED = Integer.getInteger("stagemark.test.seed", 6);
  private static final int TRIALS = 3;

  @TempDir Path folder;

  private int kills;
  private int wholeBefore;
  private int lost;
  private int resumedEnds;

  @Test
  void run_killedAtRandomMoments_losesAtMostTheRunningTrial() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(TRIALS, 0).toString();
    Map<Path, String> users = usersFiles(bed);
    Random random = new Random(SEED);
    while (kills < KILLS) {
      long start = System.nanoTime();
      Program first = Program.start("run", config, "--no-calibration");
      assertThat(first.says("[1/")).isTrue(); // trial 1 is whole
      // the rest of the run takes less than twice as long, on a busy machine too
      int delay = 2 * (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      boolean killed = kill(first, random.nextInt(delay), bed, Map.of());
      assertThat(unchanged(users)).isTrue();
      while (killed && kills < KILLS) {
        Map<String, FileTime> whole = samples(bed);
        boolean over = isComplete(bed);
        Program resumed = Program.start("run", config, "--resume", "--no-calibration");
        killed = kill(resumed, random.nextInt(delay), bed, whole);
        assertThat(unchanged(users)).isTrue();
        if (!killed) {
          checkComplete(bed, over);
          resumedEnds++;
        }
      }
      if (killed) {
        Map<String, FileTime> whole = samples(bed);
        boolean over = isComplete(bed);
        CommandRun last = CommandRun.of("run", config, "--resume", "--no-calibration");
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(samples(bed)).containsAllEntriesOf(whole);
        checkComplete(bed, over);
        resumedEnds++;
      }
    }
    assertThat(unchanged(users)).isTrue();
    System.out.printf(
        "%d kills with %d whole trials on the disk in all: 0 of these lost, %d running trials lost"
            + " (at most 1 each), %d resumed runs complete, 0 of %d files of the user's changed%n",
        kills, wholeBefore, lost, resumedEnds, users.size());
  }

  /** Kills a program; whatever was whole before it began, or that it said was, is still there. */
  private boolean kill(Program program, int millis, RunBed bed, Map<String, FileTime> before)
      throws IOException, InterruptedException {
    boolean killed = program.killTreeAfter(millis);
    Map<String, FileTime> whole = samples(bed);
    assertThat(whole).containsAllEntriesOf(before).hasSizeGreaterThanOrEqualTo(announced(program));
    if (!killed) {
      assertThat(program.exitCode()).isZero();
      return false;
    }
    kills++;
    wholeBefore += whole.size();
    Set<String> begun = begun(bed);
    begun.removeAll(whole.keySet());
    assertThat(begun).hasSizeLessThanOrEqualTo(1);
    lost += begun.size();
    return true;
  }

  /** Returns how many trials a program reported as done, by its last line of progress. */
  private static int announced(Program program) {
    return program
        .rest()
        .lines()
        .filter(line -> line.matches("\\[\\d+/.*batches.*"))
        .mapToInt(line -> Integer.parseInt(line.substring(1, line.indexOf('/'))))
        .max()
        .orElse(0);
  }

  /** Sample files by name, with their time: a trial that is repeated writes its file anew. */
  private static Map<String, FileTime> samples(RunBed bed) throws IOException {
    Map<String, FileTime> found = new TreeMap<>();
    for (Path file : entries(bed.output().resolve("samples"))) {
      found.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
    }
    return found;
  }

  /** Returns the sample files of the trials that have a folder, whole or not. */
  private static Set<String> begun(RunBed bed) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path trial : entries(bed.output().resolve("trials"))) {
      names.add(trial.getFileName().toString().replaceFirst("(trial\\d+)-\\d+$", "$1") + ".npy");
    }
    return names;
  }

  private static Set<Path> entries(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return Set.of();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return new TreeSet<>(all.toList());
    }
  }

  /**
   * Returns whether a run had been killed after its last write, when nothing was left to resume.
   */
  private static boolean isComplete(RunBed bed) throws Exception {
    return ResultFiles.readRun(bed.output()).status() == RunResult.Status.COMPLETE;
  }

  private static void checkComplete(RunBed bed, boolean wasOver) throws Exception {
    RunResult result = ResultFiles.readRun(bed.output());
    assertThat(result.status()).isEqualTo(RunResult.Status.COMPLETE);
    CaseResult only = result.cases().get(0);
    assertThat(only.trials()).extracting(TrialResult::index).containsExactly(1, 2, 3);
    assertThat(only.trials()).allMatch(trial -> trial.measured().isPresent());
    assertThat(wasOver || !result.proof().orElseThrow().resumedAt().isEmpty()).isTrue();
    assertThat(bed.output().resolve("trials")).doesNotExist();
    assertThat(ResultSchema.problems(bed.output().resolve("result.json"))).isEmpty();
  }

  /** Files of the user's in the output folder and beside it, one behind a link. */
  private Map<Path, String> usersFiles(RunBed bed) throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(bed.output());
    Map<Path, String> files = new TreeMap<>();
    for (Path file :
        Set.of(
            bed.output().resolve("notes.txt"),
            folder.resolve(".out.lock"),
            folder.resolve("trials"),
            elsewhere.resolve("result.json"))) {
      files.put(file, "mine: " + file.getFileName());
      Files.writeString(file, "mine: " + file.getFileName());
    }
    return files;
  }

  private static boolean unchanged(Map<Path, String> files) throws IOException {
    for (Map.Entry<Path, String> file : files.entrySet()) {
      if (!Files.isRegularFile(file.getKey(), LinkOption.NOFOLLOW_LINKS)
          || !Files.readString(file.getKey()).equals(file.getValue())) {
        return false;
      }
    }
    return true;
  }
}
