package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.testdata.StrangersJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in the keys of a decoder and a data set format that this project does not know. */
final class DroppedInDoorsTest {
  @TempDir Path folder;
  private Path config = Path.of("");

  @BeforeEach
  void write() throws IOException {
    new StrangersJar(folder.resolve("sources"))
        .with("io.stagemark.postprocess.decoder.Decoder", "WholeImage", StrangersParts.DECODER)
        .with("io.stagemark.dataset.DatasetFormat", "Listed", StrangersParts.FORMAT)
        .pack(folder.resolve("plugin.jar"));
    config = StrangersParts.config(folder, "constant", "coco-ap", "console, json");
  }

  private Program program(String... args) throws IOException {
    String classPath =
        folder.resolve("plugin.jar") + File.pathSeparator + System.getProperty("java.class.path");
    return Program.startWith(classPath, args);
  }

  private String problems(String... overrides) throws Exception {
    String[] args = new String[2 + 2 * overrides.length];
    args[0] = "validate";
    args[1] = config.toString();
    for (int i = 0; i < overrides.length; i++) {
      args[2 + 2 * i] = "--set";
      args[3 + 2 * i] = overrides[i];
    }
    Program program = program(args);
    String said = program.rest();
    assertThat(program.exitCode()).as(said).isEqualTo(2);
    return said;
  }

  @Test
  void validate_mistakesInStrangersKeys_nameLineAndRange() throws Exception {
    String card = Files.readString(folder.resolve("model/model.yaml"));
    Files.writeString(folder.resolve("model/model.yaml"), card.replace("0.75", "7"));
    assertThat(problems())
        .contains("model.yaml:8: decoder.parameters.score", "a number in [0, 1] (default 0.5)");
    Files.writeString(folder.resolve("model/model.yaml"), card.replace("[N, 4]", "[N, 4, 4]"));
    assertThat(problems())
        .contains("model.yaml:8: decoder.type", "reads one output [N, 4]")
        .contains("an export with one output");
    Files.writeString(folder.resolve("model/model.yaml"), card.replace("whole-image", "whole"));
    assertThat(problems()).contains("text-map, tf-od, whole-image, yolo-fastestv2");

    Files.writeString(folder.resolve("model/model.yaml"), card);
    assertThat(problems("dataset.format=listd"))
        .contains("one of: coco, csv, image-folder, image-list, images, listed, masks")
        .contains("format: listed");
    assertThat(problems("dataset.split=test"))
        .contains("dataset.split", "found:    test", "one of: train, val (required)");
    assertThat(problems("dataset.format=coco")).contains("dataset.split", "unknown key");
  }
}
