package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.image.Pictures;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.FilePart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nu.pattern.OpenCV;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of stored examples: parts of files that are there, and of others. */
final class ExamplePictureTest {
  @TempDir Path folder;

  @BeforeAll
  static void natives() {
    OpenCV.loadLocally();
  }

  private static boolean isPicture(Path file, long offset, long bytes) {
    Optional<FilePart> part = Optional.of(new FilePart(offset, bytes));
    return !ExamplePicture.read(
            new ExampleResult(
                "a", file.toString(), List.of(), 0, List.of(), List.of(), Optional.empty(), part))
        .empty();
  }

  @ParameterizedTest
  @CsvSource({
    "-1,100",
    "0,0",
    "0,-5",
    "100,9223372036854775807",
    "9223372036854775807,9",
    "1000000,9",
    "0,9"
  })
  void read_partOfNoPicture_isNone(long offset, long bytes) throws IOException {
    byte[] jpeg = Pictures.of("jpg");
    Path file = Files.write(folder.resolve("clip"), Pictures.joined(new byte[7], jpeg, jpeg));
    assertThat(isPicture(file, 7, jpeg.length)).isTrue();
    assertThat(isPicture(file, 7 + jpeg.length, jpeg.length)).isTrue();
    assertThat(isPicture(file, offset, bytes)).isFalse();
    assertThat(isPicture(folder.resolve("gone"), 7, jpeg.length)).isFalse();
  }

  @Test
  void read_partOfManyMegabytes_isNotRead() throws IOException {
    Path file = Files.write(folder.resolve("vast"), Pictures.of("jpg"));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(65L << 20);
    }
    assertThat(isPicture(file, 0, (64L << 20) + 1)).isFalse();
    assertThat(isPicture(file, 0, 64L << 20)).isTrue();
  }
}
