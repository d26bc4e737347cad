package io.stagemark.cli;

import io.stagemark.gate.BlockTrial;
import io.stagemark.gate.BuildCheck;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One side of a gate's pair; not for people. It ends when its standard input does. */
@Command(name = "block", hidden = true)
final class BlockCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER")
  private Path folder = Path.of("");

  @Option(names = BuildCheck.OPTION, description = "only say whether the request is understood")
  private boolean check;

  @Override
  public Integer call() throws Exception {
    PrintWriter answers = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    if (check) {
      return ChildCommands.run(folder, () -> BuildCheck.answer(folder, answers));
    }
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return ChildCommands.run(folder, () -> BlockTrial.run(folder, words, answers));
  }
}
