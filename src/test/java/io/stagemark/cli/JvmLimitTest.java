package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Exit code 1 means a regression and nothing else: not an error of the JVM. */
final class JvmLimitTest {
  @Command(name = "overflows")
  private static final class Overflows implements Callable<Integer> {
    @Override
    public Integer call() {
      return depth(0);
    }

    private static int depth(int n) {
      return n == Integer.MAX_VALUE ? n : 1 + depth(n + 1); // far deeper than any stack
    }
  }

  @Command(name = "exhausts")
  private static final class Exhausts implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void execute_errorsOfTheJvm_areOneLineAndBadInput() {
    for (Callable<Integer> command : List.of(new Overflows(), new Exhausts())) {
      StringWriter err = new StringWriter();
      CommandLine line = new CommandLine(command).setErr(new PrintWriter(err, true));
      assertThat(Main.execute(line)).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(err.toString().lines()).hasSize(1).allMatch(l -> l.contains("try: "));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 9000})
  void validate_overrideOfManyParts_isBadInput(int parts) {
    CommandRun run =
        CommandRun.of("validate", "configs/quickstart.yaml", "--set", "a.".repeat(parts) + "b=1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.hasStackTrace()).isFalse();
  }
}
