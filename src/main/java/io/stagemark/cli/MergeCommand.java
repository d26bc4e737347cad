package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.output.OutputFolders;
import io.stagemark.output.OutputKind;
import io.stagemark.result.RunResult;
import io.stagemark.shard.ShardFile;
import io.stagemark.shard.ShardMerge;
import io.stagemark.shard.ShardSet;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Merges the shards of a data set to a result. */
@Command(
    name = "merge",
    description = "Merges all shards of a data set to the result of a run, without times.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./stagemark merge parts --out reports/quickstart-scores",
      "",
      "Exit code: 0 merged, 2 bad input: a shard is missing, there twice, of another config, data set",
      "or version, or damaged; each is named, and nothing was written."
    })
final class MergeCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "folders that score-shard wrote to; together they have every shard")
  private List<Path> places = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "gets result.json and the config's reports, as a run's folder does")
  private Path out = Path.of("");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<Problem> problems = OutputFolders.problems(out, OutputKind.RUN, false);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    List<ShardFile> shards = ShardSet.read(places);
    RunResult result = ShardMerge.merge(shards);
    ShardMerge.write(result, out);
    new Renderer(spec.commandLine().getOut())
        .render(result, out, ShardMerge.config(shards.get(0)).reports());
    return ExitCode.OK;
  }
}
