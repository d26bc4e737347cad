package io.stagemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed images are those that {@link TextImages} writes. */
final class DemoDataTest {
  private static final Path DATA = Path.of("configs", "data");

  @TempDir Path folder;

  private static boolean write() {
    return Boolean.getBoolean("stagemark.demo.write");
  }

  @Test
  void textOrientation_committed_isWhatTheGeneratorWrites() throws IOException {
    Path committed = DATA.resolve("text-orientation");
    TextImages.writeOrientation(write() ? committed : folder);
    assertSame(committed, write() ? committed : folder);
  }

  @Test
  void textSegmentation_committed_isWhatTheGeneratorWrites() throws IOException {
    Path committed = DATA.resolve("text-segmentation");
    Path root = write() ? committed : folder;
    TextImages.writeSegmentation(root.resolve("images"), root.resolve("masks"));
    assertSame(committed, root);
  }

  private static void assertSame(Path committed, Path written) throws IOException {
    List<String> names = names(committed);
    assertThat(names).isNotEmpty().isEqualTo(names(written));
    for (String name : names) {
      assertThat(committed.resolve(name)).hasSameBinaryContentAs(written.resolve(name));
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
