package io.stagemark.gate;

import io.stagemark.trial.ChildEntry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The main class of one side's JVM in a gate's pair. It ends when its standard input does. A side
 * with a class path of its own has this class from another build.
 */
public final class BlockMain {
  private BlockMain() {}

  /**
   * Runs a side, or only says whether its request is understood.
   *
   * @param args {@link BuildCheck#OPTION} if only that is asked, then the side's folder
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[args.length - 1]);
    PrintWriter answers = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    if (List.of(args).contains(BuildCheck.OPTION)) {
      ChildEntry.run(folder, () -> BuildCheck.answer(folder, answers));
      return;
    }
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ChildEntry.run(folder, () -> BlockTrial.run(folder, orders, answers));
  }
}
