package io.stagemark.cli;

import io.stagemark.compare.LivePairs;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.config.gate.GateReader;
import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.gate.LiveGate;
import io.stagemark.report.comparison.ConsoleText;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.file.PortablePaths;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs baseline and candidate live, in turns, and judges. */
@Command(
    name = "gate",
    description = "Runs baseline and candidate live, in turns, and says whether one is slower.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./stagemark gate configs/gate-example.yaml --format markdown",
      "",
      "Exit code: 0 nothing regressed, 1 a gated metric regressed, 2 bad input, 3 a JVM of either",
      "side failed or Ctrl-C (what was measured is in the report), 4 it cannot tell: what has to be",
      "found could have been missed (policy: mustFind, onBlind)."
    })
final class GateCommand implements Callable<Integer>, LivePairs.Progress {
  private static final int SECONDS_TO_WRITE_DOWN = 30;

  @Parameters(paramLabel = "CONFIG", description = "YAML file, such as configs/gate-example.yaml")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "console, markdown, junit, json or a plugin's (default: console)")
  private String format = "console";

  @Option(names = "--strict", description = "any open verdict fails too (exit code 4)")
  private boolean strict;

  @Spec private CommandSpec spec;

  private final ComparisonRenderer renderer = new ComparisonRenderer();
  private long start;
  private int measured;

  @Override
  @SuppressWarnings("try") // the folder is held, not used
  public Integer call() throws Exception {
    renderer.check(List.of(format));
    GateConfig gate = new GateReader(ConfigSource.catalog()).read(file);
    try (LiveGate live = LiveGate.open(gate)) {
      return measured(gate, live);
    }
  }

  @SuppressWarnings("try") // the work is closed, not used
  private int measured(GateConfig gate, LiveGate live)
      throws BadInputException, IOException, InterruptedException {
    start = System.nanoTime();
    announce(gate, live);
    // Ctrl-C loses only the pair under way
    try (ProgramEnd.Work work =
        ProgramEnd.work(live::interrupt, () -> true, SECONDS_TO_WRITE_DOWN)) {
      Comparison comparison =
          live.compare(this, "./stagemark gate " + PortablePaths.ofCommand().argument(file));
      // printed first: that needs no room on a disk
      renderer.print(format, comparison, spec.commandLine().getOut());
      renderer.write(gate.output(), comparison);
      spec.commandLine()
          .getErr()
          .println(
              PlainText.line(gate.output() + ": comparison.json, .md, .xml, index.html, samples/"));
      return ExitCode.of(comparison, strict);
    }
  }

  /** Says what is compared and how long it may take, before anything is measured. */
  private void announce(GateConfig gate, LiveGate live) {
    PrintWriter err = spec.commandLine().getErr();
    ConsoleText.changes(live.changes()).forEach(err::println);
    GateConfig.Pairs pairs = gate.pairs();
    err.println(
        "%d pairs of JVMs in turns, then up to %d more where something moved or could be missed"
            .formatted(pairs.screen(), pairs.confirm()));
    err.flush();
  }

  @Override
  public void note(String line) {
    spec.commandLine().getErr().println(PlainText.line(line));
  }

  @Override
  public void pair(String phase, int done, int of, int left) {
    measured++;
    double seconds = (System.nanoTime() - start) / 1e9;
    spec.commandLine()
        .getErr()
        .println(
            "%s pair %s of %s · %.0f s so far · at most %.0f s to go"
                .formatted(phase, done, of, seconds, seconds / measured * left));
  }
}
