package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.image.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that a text file names. */
final class ImageListTest {
  @TempDir Path root;

  private Dataset open(String list, Optional<Integer> limit) throws BadInputException, IOException {
    Files.createDirectories(root.resolve("images/sub"));
    Files.write(root.resolve("images/sub/a.png"), Pictures.of("png"));
    Files.write(root.resolve("images/b.jpg"), Pictures.of("jpg"));
    Path file = Files.writeString(root.resolve("list.txt"), list);
    return Datasets.open(
        new DatasetSettings("image-list", root.resolve("images"), Optional.of(file), limit),
        new ModelView(new LabelMap(List.of()), List.of(), false));
  }

  private String problems(String list) {
    return String.valueOf(
            catchThrowableOfType(BadInputException.class, () -> open(list, Optional.empty()))
                .getMessage())
        .replace(root + "/", "");
  }

  @Test
  void open_lines_areTheExamplesInTheirOrder() throws Exception {
    String list = "sub/a.png\r\n\r\n# a remark\r\n  b.jpg  \r\n";
    assertThat(open(list, Optional.empty()).examples())
        .extracting(Example::id)
        .containsExactly("sub/a.png", "b.jpg");
    assertThat(open(list, Optional.of(1)).examples())
        .extracting(Example::id)
        .containsExactly("sub/a.png");
  }

  @Test
  void open_wrongLines_areToldWithTheirNumbers() {
    assertThat(problems("b.jpg\n../list.txt\nb.jpg\n"))
        .contains("list.txt:2\n  found:    ../list.txt")
        .contains("list.txt:3\n  found:    b.jpg a second time");
    assertThat(problems("# nothing\n")).contains("no line with a path");
    assertThat(problems("gone.jpg\n")).contains("images/gone.jpg");
  }
}
