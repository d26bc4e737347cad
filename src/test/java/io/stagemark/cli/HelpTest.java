package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
  @Test
  void help_ofEveryCommand_hasAnExampleThatStartsLikeTheLauncher() {
    assertThat(CommandRun.of("--help").out()).contains("Example", "./stagemark run");
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                CommandRun help = CommandRun.of(name, "--help");
                assertThat(help.exitCode()).isZero();
                assertThat(help.out()).contains("Example", "./stagemark " + name);
                assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"engines", "tasks", "losses", "models", "decoders", "datasets", "reporters"})
  void list_everyKind_namesSomething(String kind) {
    CommandRun list = CommandRun.of("list", kind);
    assertThat(list.exitCode()).isZero();
    assertThat(list.out().lines().count()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void list_engines_tellsOptionsAndDefaults() {
    assertThat(CommandRun.of("list", "engines").out())
        .contains("onnxruntime 1.29.0", "reads: onnx", "allowSpinning: false|true (default false)");
  }
}
