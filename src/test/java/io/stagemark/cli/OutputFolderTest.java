package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs into folders in which there is something of the user's. More kills of a run that is begun
 * anew each time: {@code mvn test -Dtest=OutputFolderTest -Dstagemark.test.kills=100}.
 */
final class OutputFolderTest {
  private static final int KILLS = Integer.getInteger("stagemark.test.kills", 2);

  @TempDir Path folder;

  @Test
  void run_usersFilesUnderTrials_isRefusedAndTheyAreKept() throws Exception {
    RunBed bed = new RunBed(folder);
    Path data = bed.output().resolve("trials/patient-007/data.csv");
    Files.createDirectories(Objects.requireNonNull(data.getParent()));
    Files.writeString(data, "precious");
    CommandRun run = CommandRun.of("run", bed.harness(1, 0).toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("trials/patient-007/data.csv", "not written by Stagemark");
    assertThat(data).hasContent("precious");
  }

  @Test
  void run_linkAtTrials_whatItLeadsToIsKept() throws Exception {
    RunBed bed = new RunBed(folder);
    Path data = Files.createDirectories(folder.resolve("elsewhere")).resolve("data.csv");
    Files.writeString(data, "precious");
    Files.createDirectories(bed.output());
    link(bed.output().resolve("trials"), Objects.requireNonNull(data.getParent()));
    CommandRun run = CommandRun.of("run", bed.harness(1, 0).toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(data).hasContent("precious");
  }

  @Test
  void run_linkAtTheReport_isNotWrittenThrough() throws Exception {
    RunBed bed = new RunBed(folder);
    Path thesis = Files.writeString(folder.resolve("thesis.md"), "years of work");
    Files.createDirectories(bed.output());
    link(bed.output().resolve("report.md"), thesis);
    CommandRun run = CommandRun.of("run", bed.harness(1, 0).toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("report.md");
    assertThat(thesis).hasContent("years of work");
  }

  @Test
  void run_outputIsTheConfigsFolder_isRefusedByRunAndValidate() throws Exception {
    String config = new RunBed(folder).harness(1, 0).toString();
    List<Path> before = entries(folder);
    for (String command : List.of("validate", "run")) {
      CommandRun run = CommandRun.of(command, config, "--set", "output=" + folder);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains("holds the config");
      assertThat(entries(folder)).isEqualTo(before);
    }
  }

  @Test
  void run_outputInTheDataSet_isRefused() throws Exception {
    String config = new RunBed(folder).harness(1, 0).toString();
    Path data = RunBed.harnessModel().resolve("tensors");
    CommandRun run = CommandRun.of("validate", config, "--set", "output=" + data.resolve("out"));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("is in the data set");
    assertThat(data.resolve("out")).doesNotExist();
  }

  @Test
  void run_userFileOfAnotherName_staysBesideTheRuns() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(1, 0).toString();
    bed.formerRun();
    Path notes = Files.writeString(bed.output().resolve("notes.txt"), "mine");
    CommandRun done = CommandRun.of("run", config);
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(notes).hasContent("mine");
    assertThat(folder.resolve("out.previous/result.json")).exists();
    assertThat(folder.resolve("out.previous/notes.txt")).doesNotExist();
  }

  @Test
  void run_outputDeletedWhileItRuns_endsWith3AndNamesIt() throws Exception {
    RunBed bed = new RunBed(folder);
    CommandBeside beside =
        CommandBeside.start("run", bed.harness(3, 0).toString(), "--no-calibration");
    assertThat(beside.says("[1/3]")).isTrue();
    Files.move(bed.output(), folder.resolve("moved"));
    CommandRun run = beside.end();
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains("out: the output folder is gone").doesNotContain("\tat ");
    assertThat(bed.output()).doesNotExist();
  }

  @Test
  void run_outputReplacedByALinkWhileItRuns_endsWith3AndWritesNothingThere() throws Exception {
    RunBed bed = new RunBed(folder);
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path result = Files.writeString(elsewhere.resolve("result.json"), "years of work");
    CommandBeside beside =
        CommandBeside.start("run", bed.harness(3, 0).toString(), "--no-calibration");
    assertThat(beside.says("[1/3]")).isTrue();
    Files.move(bed.output(), folder.resolve("moved"));
    link(bed.output(), elsewhere);
    CommandRun run = beside.end();
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains("out: ").doesNotContain("\tat ");
    assertThat(entries(elsewhere)).containsExactly(elsewhere, result);
    assertThat(result).hasContent("years of work");
  }

  // As on a full disk: the list of files has room, the report has not.
  @Test
  void report_cannotBeWritten_endsWith3AndLeavesTheFormerOneAndNoPart() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh, so no ulimit -f");
    RunBed bed = new RunBed(folder);
    bed.formerRun();
    CommandRun run = CommandRun.of("report", bed.output().toString(), "--format", "markdown");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Path report = bed.output().resolve("report.md");
    assertThat(Files.size(report)).isGreaterThan(4 * 512);
    String former = Files.readString(report);
    Path notes = Files.writeString(bed.output().resolve("notes.txt"), "mine");
    Program program =
        Program.startWithFileLimit(4, "report", bed.output().toString(), "--format", "markdown");
    String rest = program.rest();
    assertThat(program.exitCode()).as(rest).isEqualTo(3);
    assertThat(rest).contains("report.md cannot be written").doesNotContain("\tat ");
    assertThat(report).hasContent(former);
    assertThat(notes).hasContent("mine");
    assertThat(entries(bed.output())).noneMatch(file -> file.toString().endsWith(".part"));
  }

  @Test
  void run_outputCannotBeWritten_isRefusedBeforeAnythingRuns() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(1, 0).toString();
    Path output = Files.createDirectories(bed.output());
    boolean done = output.toFile().setWritable(false);
    Assumptions.assumeTrue(
        done && !Files.isWritable(output), "this user may write into any folder (root)");
    try {
      CommandRun run = CommandRun.of("run", config);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains("not writable");
      assertThat(output).isEmptyDirectory();
    } finally {
      assertThat(output.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void run_killedAndBegunAnew_neverTouchesTheUsersFiles() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(2, 0).toString();
    Files.createDirectories(bed.output());
    Path notes = Files.writeString(bed.output().resolve("notes.txt"), "mine");
    Path lock = Files.writeString(folder.resolve(".out.lock"), "a diary");
    java.util.Random random = new java.util.Random(19);
    for (int kill = 0; kill < KILLS; kill++) {
      Program program = Program.start("run", config, "--no-calibration");
      program.says("[");
      program.killTreeAfter(random.nextInt(1500));
      assertThat(notes).hasContent("mine");
      assertThat(lock).hasContent("a diary");
    }
    CommandRun last = CommandRun.of("run", config);
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(notes).hasContent("mine");
    assertThat(lock).hasContent("a diary");
    assertThat(bed.output().resolve("trials")).doesNotExist();
  }

  private static void link(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, target);
    } catch (IOException | UnsupportedOperationException e) {
      Assumptions.abort("no symbolic links here: " + e);
    }
  }

  private static List<Path> entries(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted().toList();
    }
  }
}
