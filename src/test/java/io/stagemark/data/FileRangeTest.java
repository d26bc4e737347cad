package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileRangeTest {
  @TempDir private Path folder;

  @Test
  void read_wholeOrPart_areThoseBytes() throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[] {1, 2, 3, 4});

    assertThat(FileRange.whole(file).read()).containsExactly(1, 2, 3, 4);
    assertThat(new FileRange(file, 0, 4).read()).containsExactly(1, 2, 3, 4);
    assertThat(new FileRange(file, 1, 2).read()).containsExactly(2, 3);
    assertThat(FileRange.whole(file)).hasToString(file.toString());
    assertThat(new FileRange(file, 1, 2)).hasToString(file + " (bytes 1 to 3)");
  }

  @Test
  void read_beyondTheEnd_isRefusedBeforeMemoryIsTaken() throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[] {1, 2, 3, 4});

    for (FileRange beyond :
        new FileRange[] {
          new FileRange(file, 1, 4), new FileRange(file, 4, 1), new FileRange(file, 0, 1L << 40)
        }) {
      assertThatThrownBy(beyond::read)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the file has 4 bytes, and the picture is from byte ");
    }
    assertThatThrownBy(() -> new FileRange(folder, 0, 1).read()).hasMessage("a folder");
  }

  @Test
  void read_farIntoALargeFile_seeks() throws IOException {
    Path file = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(1L << 33);
      sparse.write(new byte[] {5, 6});
    }

    assertThat(new FileRange(file, 1L << 33, 2).read()).containsExactly(5, 6);
    assertThatThrownBy(() -> new FileRange(file, 0, 1L << 32).read()).hasMessage("more than 2 GiB");
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "0,0", "0,-1", "1,9223372036854775807", "9223372036854775807,1"})
  void new_noPartOfAnyFile_isRefused(long offset, long bytes) {
    assertThatThrownBy(() -> new FileRange(folder, offset, bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are no part of a file");
  }
}
