package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageFileCheckTest {
  @TempDir Path folder;

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(Resource.of("images/" + name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline.jpg",
        "progressive.jpg",
        "thumbnail.jpg",
        "rgb.png",
        "lossy.webp",
        "lossless.webp",
        "rgb.bmp",
        "grey.bmp",
        "bits.bmp"
      })
  void fault_wholeFile_isNoneAndAnyCutIsOne(String name) throws IOException {
    byte[] whole = bytes(name);

    assertThat(ImageFileCheck.fault(Resource.of("images/" + name))).isEmpty();
    for (int length = 1; length < whole.length; length++) {
      assertThat(ImageFileCheck.fault(ByteBuffer.wrap(Arrays.copyOf(whole, length))))
          .as("%s cut after %s of %s bytes", name, length, whole.length)
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline.jpg", "progressive.jpg", "thumbnail.jpg", "rgb.png", "rgb.bmp"})
  void fault_paddingAfterTheEnd_isNone(String name) throws IOException {
    byte[] whole = bytes(name);
    assertThat(ImageFileCheck.fault(ByteBuffer.wrap(Arrays.copyOf(whole, whole.length + 1000))))
        .isEmpty();
  }

  // Restart markers (D0 to D7) and stuffed FF 00 stand within the entropy-coded data.
  @Test
  void fault_restartMarkersInAScan_doNotEndIt() {
    byte[] scan = {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xDA,
      0,
      2,
      7,
      (byte) 0xFF,
      (byte) 0xD0,
      7,
      (byte) 0xFF,
      0,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xD9,
      0
    };
    assertThat(ImageFileCheck.fault(ByteBuffer.wrap(scan))).isEmpty();
    assertThat(ImageFileCheck.fault(ByteBuffer.wrap(Arrays.copyOf(scan, scan.length - 2))))
        .contains("cut off after 14 bytes: a JPEG without its end marker");
  }

  @Test
  void fault_cutFile_tellsItsLength() throws IOException {
    Path cut = folder.resolve("cut.png");
    Files.write(cut, Arrays.copyOf(bytes("rgb.png"), 100));
    assertThat(ImageFileCheck.fault(cut))
        .contains("cut off after 100 bytes: a PNG without its IEND chunk");
    Files.write(cut, Arrays.copyOf(bytes("lossy.webp"), 100));
    assertThat(ImageFileCheck.fault(cut)).contains("cut off after 100 bytes: a WebP of 126 bytes");
    // 17 px of 24 bits are 51 bytes, padded to 52; 11 rows after 54 bytes of headers: 626
    Files.write(cut, Arrays.copyOf(bytes("rgb.bmp"), 625));
    assertThat(ImageFileCheck.fault(cut)).contains("cut off after 625 bytes: a BMP of 626 bytes");
  }

  @Test
  void fault_missingEmptyFolderOrOtherFormat_isTold() throws IOException {
    assertThat(ImageFileCheck.fault(folder.resolve("none.jpg"))).contains("no such file");
    assertThat(ImageFileCheck.fault(folder)).contains("a folder");
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    assertThat(ImageFileCheck.fault(empty)).contains("0 bytes");
    assertThat(ImageFileCheck.fault(Resource.of("images/not.gif")))
        .contains("no image of these formats: it starts with bytes 47 49 46 38");
  }
}
