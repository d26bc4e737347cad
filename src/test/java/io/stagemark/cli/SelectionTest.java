package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.CaseProof.Replay;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slowest batches of a run, and the command that runs one of them alone. */
final class SelectionTest {
  @TempDir Path folder;

  @Test
  void run_commandOfASlowBatch_runsItsExampleAloneBesideTheReport() throws Exception {
    RunBed bed = new RunBed(folder);
    assertThat(CommandRun.of("run", bed.harness(1, 0).toString()).exitCode()).isZero();
    RunResult whole = ResultFiles.readRun(bed.output());
    CaseResult only = whole.cases().get(0);
    List<Replay> slowest = only.proof().orElseThrow().slowest();
    assertThat(slowest).hasSize(10);
    assertThat(slowest)
        .extracting(replay -> replay.batch().totalNanos())
        .isSortedAccordingTo((a, b) -> Long.compare(b, a))
        .startsWith(only.stage("total").orElseThrow().maxNanos());
    String command = slowest.get(0).command();
    String line = command.substring(0, command.indexOf(" --case "));
    assertThat(bed.output().resolve("report.md")).content().contains("```\n" + line + "\n```");

    String[] words = slowest.get(0).command().split(" ", -1);
    assertThat(words[0]).isEqualTo("./stagemark");
    // A config that shares nothing but the root with the current folder is named alone.
    assertThat(words[2]).endsWith("config.yaml").doesNotContain(folder.toString());
    words[2] = folder.resolve("config.yaml").toString();
    CommandRun replay = CommandRun.of(java.util.Arrays.copyOfRange(words, 1, words.length));
    assertThat(replay.exitCode()).as(replay.err()).isZero();
    Path beside = folder.resolve("out.replay");
    RunResult alone = ResultFiles.readRun(beside);
    assertThat(alone.dataset().examples()).isEqualTo(1);
    assertThat(
            ResultFiles.read(beside.resolve(CaseExamples.fileName(only.id())), CaseExamples.class)
                .examples())
        .extracting(ExampleResult::id)
        .isEqualTo(slowest.get(0).batch().examples());
    assertThat(ResultFiles.readRun(bed.output())).isEqualTo(whole);
  }

  @Test
  void run_caseOrExampleThatIsNone_isABadInputWithTheNearest() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(1, 0).toString();
    CommandRun noCase = CommandRun.of("run", config, "--case", "harness/constant/cpu/t2/b1");
    assertThat(noCase.exitCode()).isEqualTo(2);
    assertThat(noCase.err()).contains("try:      --case harness/constant/cpu/t1/b1");
    CommandRun noExample = CommandRun.of("run", config, "--only", "1.pny");
    assertThat(noExample.exitCode()).isEqualTo(2);
    assertThat(noExample.err())
        .contains("1.pny: no example of the data set", "try:      --only 1.npy");
    assertThat(bed.output()).doesNotExist();
  }
}
