package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.LabelMap;
import io.stagemark.image.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COCO JSON without sizes of pictures, and boxes that are in other pixels or none. */
final class BoxNotesTest {
  @TempDir private Path folder;

  /** Opens two pictures of 64x48 px, the boxes on the first. */
  private List<String> notes(String... boxes) throws Exception {
    Files.write(folder.resolve("a.jpg"), Pictures.of("jpeg"));
    Files.write(folder.resolve("b.jpg"), Pictures.of("jpeg"));
    StringBuilder annotations = new StringBuilder();
    for (String box : boxes) {
      annotations.append(annotations.isEmpty() ? "" : ",");
      annotations.append(
          "{\"id\": %d, \"image_id\": 1, \"category_id\": 1, \"area\": 1, \"bbox\": %s}"
              .formatted(annotations.length() + 1, box));
    }
    Path json =
        Files.writeString(
            folder.resolve("i.json"),
            """
            {"images": [{"id": 1, "file_name": "a.jpg"}, {"id": 2, "file_name": "b.jpg"}],
             "categories": [{"id": 1, "name": "face"}], "annotations": [%s]}
            """
                .formatted(annotations));
    return Datasets.open(
            new DatasetSettings(
                "coco", folder, Optional.of(json), Optional.empty(), Optional.empty()),
            new ModelView(new LabelMap(List.of("face")), List.of(), false))
        .notes();
  }

  @Test
  void open_boxesInThePicture_areNotNoted() throws Exception {
    assertThat(notes("[0, 0, 2, 2]", "[0.5, 0.5, 0.5, 0.5]")).isEmpty();
  }

  @Test
  void open_boxesBeyondThePicture_areNoted() throws Exception {
    assertThat(notes("[0, 0, 2, 2]", "[1, 1, 5000, 2]", "[-2.5, 1, 3, 2]"))
        .singleElement()
        .asString()
        .startsWith("i.json: of 3 boxes, 2 reach beyond the picture")
        .endsWith("(a.jpg)");
  }

  // annotation tools round and pad
  @Test
  void open_boxTwoPixelsBeyond_isNotNoted() throws Exception {
    assertThat(notes("[-2, -2, 4, 4]")).isEmpty();
    assertThat(notes("[-2.01, 0, 4, 4]")).hasSize(1);
  }

  @Test
  void open_boxesInRatios_areNoted() throws Exception {
    assertThat(notes("[0.1, 0.2, 0.3, 0.8]", "[0, 0, 1, 1]"))
        .singleElement()
        .asString()
        .contains("not in ratios");
  }

  @Test
  void open_noBoxAtAll_isNoted() throws Exception {
    assertThat(notes())
        .containsExactly("i.json: no box on any of the pictures: detections cannot be scored");
  }
}
