package io.stagemark.serve;

import io.stagemark.output.OutputTree;
import io.stagemark.report.SampleRun;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Folders of runs that are complete. */
final class ServedRuns {
  private ServedRuns() {}

  static void write(Path folder, String name, String startedAt) throws IOException {
    RunResult run = SampleRun.complete();
    ResultFiles.write(
        OutputTree.of(folder),
        ResultFiles.RESULT,
        new RunResult(
            run.schemaVersion(),
            name,
            run.status(),
            startedAt,
            run.wallSeconds(),
            run.dataset(),
            run.environment(),
            run.config(),
            run.cases(),
            run.parity(),
            run.differences(),
            run.proof(),
            run.calibration()));
  }
}
