package io.stagemark.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.run.process.JvmFlags;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preprocessing allocates nothing in a JVM with a trial's flags, whatever it ran before. */
final class TrialAllocationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"SCALED", "SHIFTED SCALED HALF SHIFTED", "PACKED HALF SCALED SHIFTED SCALED"})
  void preprocess_severalSettingsInOneJvm_allocatesNothing(String kinds) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.forTrial(256));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TrialAllocation.class.getName());
    command.addAll(List.of(kinds.split(" ", -1)));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).isZero();
    assertThat(printed.lines())
        .containsExactlyElementsOf(
            Stream.of(kinds.split(" ", -1)).map(kind -> kind + " 0").toList());
  }
}
