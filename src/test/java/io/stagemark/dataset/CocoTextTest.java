package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of an annotation file: encoding, nesting, and how many problems are listed. */
final class CocoTextTest {
  @TempDir Path root;

  @BeforeEach
  void copyImages() throws IOException {
    new CocoBed(root).copyImages();
  }

  private String problems(String json) {
    return new CocoBed(root).problems(json);
  }

  @Test
  void open_utf16_isReadWithItsMarkAndRefusedByNameWithout() throws Exception {
    Path file = root.resolve("instances.json");
    DatasetSettings settings =
        new DatasetSettings("coco", root.resolve("images"), Optional.of(file), Optional.empty());
    Files.writeString(file, "\uFEFF" + CocoBed.GOOD, StandardCharsets.UTF_16LE);
    assertThat(Datasets.open(settings, new ModelView(CocoBed.LABELS, List.of(), false)).examples())
        .hasSize(3);
    Files.writeString(file, CocoBed.GOOD, StandardCharsets.UTF_16LE);
    assertThat(Datasets.problems(settings))
        .singleElement()
        .satisfies(
            each -> assertThat(each.found()).isEqualTo("UTF-16 text without a byte-order mark"));
    Files.writeString(
        file, CocoBed.GOOD.replace("\"cat\"", "\"k\u00e4se\""), StandardCharsets.ISO_8859_1);
    assertThat(Datasets.problems(settings))
        .singleElement()
        .satisfies(each -> assertThat(each.where()).endsWith("instances.json:14"));
  }

  @Test
  void open_jsonMadeToKeepUsBusy_isRefused() {
    assertThat(problems("{\"images\": " + "[".repeat(100_000)))
        .startsWith("instances.json:1\n  found:    broken JSON: Document nesting depth");
    assertThat(
            problems(CocoBed.GOOD.replace("\"area\": 9.5", "\"area\": " + "9".repeat(1_000_000))))
        .startsWith("instances.json:1\n  found:    broken JSON: Number value length");
    assertThat(problems(CocoBed.GOOD.replace("\"iscrowd\": 0,", "\"iscrowd\": 0, \"area\": 2,")))
        .startsWith("instances.json:4\n  found:    broken JSON: Duplicate");
  }

  // 30 annotations, each with one bad key: the first 20 are listed, and that there are 10 more.
  @Test
  void open_manyProblems_tellsTwentyAndCountsTheOthers() {
    StringBuilder annotations = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      annotations.append(
          "%s{\"id\": %s, \"image_id\": 1, \"category_id\": 1, \"bbox\": [], \"area\": 1}\n"
              .formatted(i == 0 ? "" : ",", i));
    }
    String json =
        "{\"images\": [{\"id\": 1, \"file_name\": \"b.png\"}],"
            + " \"categories\": [{\"id\": 1, \"name\": \"cat\"}], \"annotations\": ["
            + annotations
            + "]}";
    assertThat(problems(json))
        .contains("annotations[19].bbox")
        .doesNotContain("annotations[20].bbox")
        .endsWith(
            """
            instances.json
              found:    and 10 more
              expected: none
              try:      mend those above, then ./stagemark validate again
            21 problems; nothing was run.
            """);
  }
}
