package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A library of a jar, unpacked once; whatever is in its place is not used unless it is the same.
 */
final class UnpackedNativesTest {
  private static final String RESOURCES = "/ai/onnxruntime/native/linux-x64";
  private static final String LIBRARY = "libonnxruntime4j_jni.so";

  @TempDir Path folder;
  private String before = "";

  @BeforeEach
  void useFolder() {
    before = System.getProperty(UnpackedNatives.FOLDER, "");
    System.setProperty(UnpackedNatives.FOLDER, folder.resolve("natives").toString());
  }

  @AfterEach
  void restore() {
    System.setProperty(UnpackedNatives.FOLDER, before);
  }

  private static Optional<Path> unpacked(String... names) {
    return UnpackedNatives.of(OrtEnvironment.class, RESOURCES, List.of(names));
  }

  private static byte[] packed() throws Exception {
    try (InputStream in = OrtEnvironment.class.getResourceAsStream(RESOURCES + "/" + LIBRARY)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void of_libraryOfAJar_isTheSameBytesAndAlone() throws Exception {
    Path where = unpacked(LIBRARY).orElseThrow();
    assertThat(where.resolve(LIBRARY)).hasBinaryContent(packed());
    try (Stream<Path> files = Files.list(where)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void of_secondTime_usesTheFileThatIsThere() throws Exception {
    Path file = unpacked(LIBRARY).orElseThrow().resolve(LIBRARY);
    Object first = Files.getAttribute(file, "unix:ino");
    assertThat(unpacked(LIBRARY).orElseThrow().resolve(LIBRARY)).isEqualTo(file);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(first);
  }

  @Test
  void of_otherBytesOrACutFile_areReplaced() throws Exception {
    Path file = unpacked(LIBRARY).orElseThrow().resolve(LIBRARY);
    byte[] other = packed();
    other[other.length / 2] ^= 1;
    Files.write(file, other);
    assertThat(unpacked(LIBRARY).orElseThrow().resolve(LIBRARY)).hasBinaryContent(packed());
    Files.write(file, new byte[100]);
    assertThat(unpacked(LIBRARY).orElseThrow().resolve(LIBRARY)).hasBinaryContent(packed());
  }

  @Test
  void of_nothingToUnpackOrNowhere_isEmpty() throws Exception {
    assertThat(unpacked(LIBRARY, "libmissing.so")).isEmpty();
    Files.writeString(folder.resolve("natives"), "a file in the folder's place");
    assertThat(unpacked(LIBRARY)).isEmpty();
    System.setProperty(UnpackedNatives.FOLDER, "");
    assertThat(unpacked(LIBRARY)).isEmpty();
  }
}
