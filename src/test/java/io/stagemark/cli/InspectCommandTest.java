package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.inspect.SignatureModel;
import io.stagemark.report.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user meets it. */
final class InspectCommandTest {
  @TempDir private Path folder;

  private String file(SignatureModel model) throws IOException {
    return model.write(folder).toString();
  }

  private static SignatureModel yolo11() {
    SignatureModel model =
        new SignatureModel()
            .input("images", "batch", "3", "height", "width")
            .joining("output0", 1, new long[] {1, 7, 8400}, "Neg 4", "Sigmoid 3");
    return model
        .metadata("description", "Ultralytics YOLO11n model trained on farm.yaml")
        .metadata("author", "Ultralytics")
        .metadata("version", "8.3.205")
        .metadata("license", "AGPL-3.0 License (https://ultralytics.com/license)")
        .metadata("stride", "32")
        .metadata("task", "detect")
        .metadata("imgsz", "[640, 640]")
        .metadata("names", "{0: 'cat', 1: 'dog', 2: 'hen'}")
        .metadata("args", "{'batch': 1, 'dynamic': True, 'nms': False}");
  }

  private void assertGoldenText(String name, String text) throws IOException {
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    GoldenFiles.assertGolden(name, text);
  }

  @Test
  void inspect_exportOfUltralytics_printsItsFacts() throws IOException {
    CommandRun run = CommandRun.of("inspect", file(yolo11()));
    assertThat(run.exitCode()).isZero();
    assertGoldenText("inspect-yolo11.txt", run.out());
  }

  @Test
  void inspect_exportOfUltralytics_asJson_hasEachFactWithItsGrade() throws IOException {
    CommandRun run = CommandRun.of("inspect", file(yolo11()), "--format", "json");
    GoldenFiles.assertGolden("inspect-yolo11.json", run.out());
  }

  @Test
  void inspect_headThatIsAmbiguous_printsTheCandidatesAndTheLineToType() throws IOException {
    SignatureModel model =
        new SignatureModel().input("images", "1", "3", "640", "640").output("o", 1, 300, 6);
    CommandRun run = CommandRun.of("inspect", file(model));
    assertThat(run.exitCode()).isZero();
    assertGoldenText("inspect-ambiguous.txt", run.out().replace(folder.toString(), "FOLDER"));
  }

  @Test
  void inspect_openAxisWithoutAName_exitsWithTwoAndTheLineToType() throws IOException {
    SignatureModel model = new SignatureModel().input("x", "", "3", "", "").output("o", 1, 10);
    CommandRun run = CommandRun.of("inspect", file(model));
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("axes [?, 3, ?, ?]", "--shape x=1x3x640x640");
    assertThat(run.hasStackTrace()).isFalse();
  }

  @Test
  void inspect_textFile_exitsWithTwo() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.onnx"), "buy milk");
    CommandRun run = CommandRun.of("inspect", text.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("a text: 'buy milk'");
  }
}
