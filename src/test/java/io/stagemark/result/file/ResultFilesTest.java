package io.stagemark.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.report.ResultSchema;
import io.stagemark.report.SampleRun;
import io.stagemark.result.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultFilesTest {
  @TempDir Path folder;

  @Test
  void readRun_whatWriteWrote_isTheSameResult() throws Exception {
    ResultFiles.write(folder.resolve("result.json"), SampleRun.complete());
    assertThat(ResultFiles.readRun(folder)).isEqualTo(SampleRun.complete());
    ResultFiles.write(folder.resolve("result.json"), SampleRun.withAFailedCase());
    assertThat(ResultFiles.readRun(folder)).isEqualTo(SampleRun.withAFailedCase());
  }

  @Test
  void write_everyResult_fitsTheShippedSchema() throws Exception {
    for (RunResult run : new RunResult[] {SampleRun.complete(), SampleRun.withAFailedCase()}) {
      ResultFiles.write(folder.resolve("result.json"), run);
      assertThat(ResultSchema.problems(folder.resolve("result.json"))).isEmpty();
    }
  }

  // a file of a version that did not store curves yet
  @Test
  void readRun_withoutCurves_hasNone() throws Exception {
    Path file = folder.resolve("result.json");
    Map<String, Object> tree = ResultFiles.tree(SampleRun.complete());
    for (Object one : (List<?>) Objects.requireNonNull(tree.get("cases"))) {
      assertThat(((Map<?, ?>) one).remove("curves")).isNotNull();
    }
    Files.writeString(file, ResultFiles.text(tree));
    assertThat(ResultSchema.problems(file)).isEmpty();
    assertThat(ResultFiles.readRun(folder).cases())
        .hasSize(2)
        .allMatch(c -> c.scored().curves().isEmpty());
  }

  @Test
  void readRun_curveOfTooFewPoints_isRefused() throws Exception {
    Path file = folder.resolve("result.json");
    ResultFiles.write(file, SampleRun.complete());
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"precision\" : \\[ 1\\.0,", "\"precision\" : ["));
    assertThatThrownBy(() -> ResultFiles.readRun(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("result.json")
        .hasMessageContaining("a curve has 101 points or none, got 100");
  }

  @Test
  void schema_missingKeyOrNegativeCount_isRefused() throws Exception {
    Path file = folder.resolve("result.json");
    ResultFiles.write(file, SampleRun.complete());
    String good = Files.readString(file);
    Files.writeString(file, good.replace("\"parity\"", "\"parities\""));
    assertThat(ResultSchema.problems(file)).isNotEmpty();
    Files.writeString(file, good.replace("\"batches\" : 210", "\"batches\" : -1"));
    assertThat(ResultSchema.problems(file)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"schemaVersion\": 1, \"name\"', not the JSON of a result",
    "'{\"schemaVersion\": 99}', version 1",
    "'', none: the file is empty",
    "'{}', none: not a Stagemark result",
    "'[1, 2]', none: not a Stagemark result"
  })
  void readRun_brokenOrForeignFile_saysWhatIsWrong(String text, String message) throws Exception {
    Files.writeString(folder.resolve("result.json"), text);
    assertThatThrownBy(() -> ResultFiles.readRun(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("result.json")
        .hasMessageContaining(message);
  }

  @Test
  void readRun_noFile_saysWhatToRun() {
    assertThatThrownBy(() -> ResultFiles.readRun(folder.resolve("nothing")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be read");
  }
}
