package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegularFileTest {
  @TempDir private Path folder;

  @Test
  void bytes_atTheLimitAndBeyond_readsAndRefuses() throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[] {1, 2, 3});

    assertThat(RegularFile.bytes(file, 3)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> RegularFile.bytes(file, 2)).hasMessageContaining("more than");
  }

  @Test
  void open_folder_isNamed() {
    assertThatThrownBy(() -> RegularFile.open(folder)).hasMessage("a folder");
  }

  // it never ends
  @Test
  void open_device_isNamed() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));

    assertThatThrownBy(() -> RegularFile.open(device)).hasMessage("a pipe or a device");
  }

  // Linux shows such files as regular ones of no size; some of them never end
  @Test
  void bytes_fileOfNoStatedSize_areNone() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status));

    assertThat(RegularFile.bytes(status, 1000)).isEmpty();
  }
}
