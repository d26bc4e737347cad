package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFileTest {
  private static final int LIMIT = 1 << 20;

  @TempDir Path folder;

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("text"), content);
  }

  private TextFault fault(byte[] content) throws IOException {
    Path file = write(content);
    TextFault fault = catchThrowableOfType(TextFault.class, () -> TextFile.read(file, LIMIT));
    assertThat(fault).as("what is wrong with the file").isNotNull();
    return fault;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void read_byteOrderMark_namesTheEncodingAndIsNoText(String charset) throws IOException {
    String text = "k\u00e4se\n\ud83e\uddc0 und Brot\n";
    byte[] content = ("\uFEFF" + text).getBytes(Charset.forName(charset));
    assertThat(TextFile.read(write(content), LIMIT)).isEqualTo(text);
  }

  // a character of two units at the end of every buffer that may be inside
  @Test
  void read_longText_losesNothingAtTheEndsOfItsBuffers() throws IOException {
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(shift) + "\ud83e\uddc0\u00e4".repeat(40_000);
      assertThat(TextFile.read(write(text.getBytes(StandardCharsets.UTF_8)), LIMIT))
          .isEqualTo(text);
    }
  }

  @Test
  void read_everyKindOfLineEnd_isALineFeed() throws IOException {
    byte[] content = "a\r\nb\rc\nd\r\r\n\ne".getBytes(StandardCharsets.UTF_8);
    assertThat(TextFile.read(write(content), LIMIT)).isEqualTo("a\nb\nc\nd\n\n\ne");
    assertThat(TextFile.read(write(new byte[0]), LIMIT)).isEmpty();
  }

  // "ab", CR LF, "c", 0xE4: the byte has the offset 5, in line 2
  @Test
  void read_latin1_namesTheByteItsLineAndOffset() throws IOException {
    TextFault fault = fault(bytes('a', 'b', '\r', '\n', 'c', 0xE4, '\n'));
    assertThat(fault.where("labels.txt")).isEqualTo("labels.txt:2");
    assertThat(fault.found())
        .isEqualTo("the byte 0xE4 at offset 5, which is not UTF-8 (Latin-1 text?)");
    assertThat(fault.tryThis()).isEqualTo("save the file as UTF-8");
  }

  @Test
  void read_characterCutAtTheEnd_isRefused() throws IOException {
    assertThat(fault(bytes('a', 0xC3)).found()).startsWith("the byte 0xC3 at offset 1");
    assertThat(fault(bytes(0xFF, 0xFE, 'a', 0, 'b')).found())
        .startsWith("the byte 0x62 at offset 4, which is not UTF-16LE");
    // the first half of a pair alone
    assertThat(fault(bytes(0xFF, 0xFE, 0x3E, 0xD8, 'b', 0)).found())
        .contains("at offset 2, which are not UTF-16LE");
  }

  @Test
  void read_utf16WithoutItsMark_isRefusedByThatName() throws IOException {
    for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
      assertThat(fault("cat\ndog\n".getBytes(charset)).found())
          .isEqualTo("UTF-16 text without a byte-order mark");
    }
    for (String charset : new String[] {"UTF-32LE", "UTF-32BE"}) {
      assertThat(fault("cat\ndog\n".getBytes(Charset.forName(charset))).found())
          .isEqualTo("UTF-32 text without a byte-order mark");
    }
  }

  @Test
  void read_zeroCharacter_isNoText() throws IOException {
    TextFault fault = fault(bytes('c', 'a', '\n', 't', 0, 'd'));
    assertThat(fault.where("f")).isEqualTo("f:2");
    assertThat(fault.found()).isEqualTo("the character U+0000, which no text has");
  }

  @Test
  void read_atTheLimit_isReadAndOneByteMoreIsNot() throws IOException {
    Path file = write(new byte[] {'a', 'b', 'c'});
    assertThat(TextFile.read(file, 3)).isEqualTo("abc");
    assertThat(catchThrowableOfType(TextFault.class, () -> TextFile.read(file, 2)).found())
        .isEqualTo("more than 2 bytes");
  }

  @Test
  void read_whatIsNoFile_isRefusedByName() {
    assertThat(catchThrowableOfType(TextFault.class, () -> TextFile.read(folder, LIMIT)).found())
        .isEqualTo("a folder");
    Path none = folder.resolve("none");
    assertThat(catchThrowableOfType(TextFault.class, () -> TextFile.read(none, LIMIT)).found())
        .isEqualTo("no such file");
    Path below = folder.resolve("none/none");
    assertThat(catchThrowableOfType(TextFault.class, () -> TextFile.read(below, LIMIT)).found())
        .isEqualTo("no such file");
  }

  @Test
  @Timeout(20)
  void read_pipeOrDevice_isRefusedAndNotWaitedFor() throws Exception {
    Path zero = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(zero), "no /dev/zero on this system");
    assertThat(catchThrowableOfType(TextFault.class, () -> TextFile.read(zero, LIMIT)).found())
        .isEqualTo("a pipe or a device");
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    Assumptions.assumeTrue(
        made.waitFor(5, TimeUnit.SECONDS) && made.exitValue() == 0, "no mkfifo on this system");
    assertThat(catchThrowableOfType(TextFault.class, () -> TextFile.read(pipe, LIMIT)).found())
        .isEqualTo("a pipe or a device");
  }
}
