package io.stagemark.cli;

import io.stagemark.config.RunConfig;
import io.stagemark.data.PlainText;
import io.stagemark.data.ShownPath;
import io.stagemark.shard.ShardHeader;
import io.stagemark.shard.ShardPart;
import io.stagemark.shard.ShardRun;
import io.stagemark.shard.ShardWhole;
import io.stagemark.shard.TrialPass;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores one shard of a data set. */
@Command(
    name = "score-shard",
    description = "Scores one shard of a config's data set; nothing is timed.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A shard whose whole file is in FOLDER already is not scored again. Shards may be scored in",
      "any order, on any machines; merge makes one result of them, with the bits of a run.",
      "",
      "Example:",
      "  ./stagemark score-shard configs/quickstart.yaml --shard 1/2 --out parts",
      "",
      "Exit code: 0 the shard's file is there, 2 bad input, 3 an engine failed or the user stopped",
      "it (nothing was written)."
    })
final class ScoreShardCommand implements Callable<Integer> {
  @Mixin private ConfigSource source;

  @Option(
      names = "--shard",
      required = true,
      paramLabel = "K/N",
      description = "which shard, from 1, of how many")
  private String shard = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "gets a folder for the shard, such as shard-0003-of-0064")
  private Path out = Path.of("");

  @Spec private CommandSpec spec;

  @Override
  @SuppressWarnings("try") // the work is closed, not used
  public Integer call() throws Exception {
    ShardPart part = ShardPart.parse("--shard", shard);
    RunConfig config = source.read();
    TrialPass pass = new TrialPass(config);
    PrintWriter console = spec.commandLine().getOut();
    try (ProgramEnd.Work work = ProgramEnd.work(pass::interrupt, () -> true, 0)) {
      ShardRun.Outcome outcome = new ShardRun(part, out, pass).run(ShardWhole.of(config));
      ShardHeader header = outcome.file().header();
      console.println(
          PlainText.line(
              String.format(
                  Locale.ROOT,
                  "shard %s  %d of %d examples, %d case%s, %s  %s",
                  part,
                  header.data().examples(),
                  header.identity().examples(),
                  header.cases().size(),
                  header.cases().size() == 1 ? "" : "s",
                  outcome.wasThere()
                      ? "scored before"
                      : String.format(Locale.ROOT, "%.1f s", header.wallSeconds()),
                  ShownPath.of(outcome.file().path()))));
      return ExitCode.OK;
    } catch (ShardRun.FailedException e) {
      spec.commandLine()
          .getErr()
          .println("stagemark: " + PlainText.line(String.valueOf(e.getMessage())));
      return ExitCode.FAILED_RUN;
    }
  }
}
