package io.stagemark.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.RunConfig;
import io.stagemark.config.gate.GateConfigs;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.trial.TrialRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildCheckTest {
  @TempDir Path folder;

  private BlockRequest request() throws Exception {
    RunConfig config =
        GateConfigs.twice(Path.of("configs", "voice-activity.yaml"), folder).baseline().config();
    TrialRequest trial =
        new TrialRequest(
            config.cases().get(0), config.dataset(), config.measure(), config.score(), false, 0);
    return new BlockRequest(trial, 20, Optional.empty());
  }

  private List<String> answers() {
    StringWriter text = new StringWriter();
    BuildCheck.answer(folder, new PrintWriter(text));
    return text.toString().lines().toList();
  }

  /** Writes a request of this build, with something in it replaced. */
  private void write(String what, String by) throws Exception {
    Path file = folder.resolve(BlockRequest.FILE);
    ResultFiles.writePresent(file, request());
    String json = Files.readString(file);
    assertThat(json).contains(what);
    Files.writeString(file, json.replace(what, by));
  }

  // A key that an older build does not know, and that is not used, must not be in its request.
  @Test
  void answer_requestWithoutItsAbsentKeys_isUnderstoodAndTheSame() throws Exception {
    Path file = folder.resolve(BlockRequest.FILE);
    ResultFiles.writePresent(file, request());
    assertThat(Files.readString(file)).doesNotContain("\"inject\"", "null");
    assertThat(ResultFiles.read(file, BlockRequest.class)).isEqualTo(request());
    assertThat(answers()).containsExactly("@stagemark protocol 1", "@stagemark understood");
  }

  @Test
  void answer_keyOfAnotherBuild_isRefusedByName() throws Exception {
    write("\"batches\"", "\"fromTheFuture\" : 1, \"batches\"");
    assertThat(answers()).hasSize(2);
    assertThat(answers().get(1)).startsWith("@stagemark refused: ").contains("\"fromTheFuture\"");
  }

  @Test
  void answer_engineThatItLacks_isRefusedWithThoseThatItHas() throws Exception {
    write("\"onnxruntime\"", "\"tensorrt\"");
    assertThat(answers().get(1))
        .startsWith("@stagemark refused: no Engine named 'tensorrt'")
        .contains("onnxruntime");
  }

  @Test
  void answer_noRequest_isRefused() {
    assertThat(answers().get(1)).startsWith("@stagemark refused: ").contains(BlockRequest.FILE);
  }
}
