package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made to harm: each ends in a problem, soon, and in little memory. */
final class HostileArchiveTest {
  @TempDir private Path folder;

  private static void assertRefused(Path file, String word) {
    assertThatThrownBy(() -> TorchScriptFlops.count(file, List.of(List.of(1L))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(word);
  }

  /** An archive of one pickle and one file of code. */
  private Path archive(byte[] pickle, String code) throws IOException {
    Path file = folder.resolve("hostile.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("h/data.pkl"));
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("h/code/__torch__.py"));
      zip.write(code.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  // 6 million empty dictionaries: 6 KB in the file, 400 MB as objects
  @Test
  void count_pickleOfMillionsOfValues_isRefused() throws IOException {
    byte[] pickle = new byte[6_000_000];
    Arrays.fill(pickle, (byte) '}');

    assertRefused(archive(pickle, ""), "more than");
  }

  // INST, STACK_GLOBAL, FRAME, EXT1, BINUNICODE8 with a length of 2^63
  @ParameterizedTest
  @CsvSource({"69", "147", "149", "130", "141"})
  void count_oddOpcode_isNamed(int opcode) throws IOException {
    assertRefused(
        archive(new byte[] {(byte) 0x80, 2, (byte) opcode, -1, -1, -1, -1}, ""),
        "opcode 0x%02x".formatted(opcode));
  }

  // the parser waits for a closing bracket, and the file ends
  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A(",
        "class A(Module",
        "class A(Module, ",
        "def f(",
        "def f(a: ",
        "def f(a=[",
        "class A:\n  def f(self,",
        "def f():\n  return (",
        "def f():\n  x = a[",
        "def f():\n  {1: "
      })
  void count_codeThatEndsInABracket_isRefused(String code) throws IOException {
    // PROTO 2, GLOBAL __torch__ A, EMPTY_TUPLE, REDUCE: an object of a class in that file
    byte[] pickle = latin1("\u0080\u0002c__torch__\nA\n)\u0081}b.");

    assertRefused(archive(pickle, code), " was expected");
  }

  @Test
  void count_pickleThatWouldRunACommand_runsNothing() throws IOException {
    Path mark = folder.resolve("mark");
    String command = "touch " + mark;
    byte[] bytes =
        latin1(
            "\u0080\u0002cposix\nsystem\nX%c\0\0\0%s\u0085R."
                .formatted((char) command.length(), command));

    assertThatThrownBy(() -> TorchScriptFlops.count(archive(bytes, ""), List.of(List.of(1L))))
        .isInstanceOf(BadInputException.class);
    assertThat(mark).doesNotExist();
  }

  // t1 = (t0, t0), t2 = (t1, t1), ... t60: its hash would visit 2^60 leaves
  @Test
  void count_tupleOfTuplesAsAKey_isRefused() throws IOException {
    StringBuilder pickle = new StringBuilder("\u0080\u0002})");
    for (int i = 0; i < 60; i++) {
      pickle.append("q\u0001h\u0001\u0086");
    }
    pickle.append("Ns.");

    assertRefused(archive(latin1(pickle.toString()), ""), "broken pickle");
  }

  @Test
  void count_lengthBeyondTheFile_isRefused() throws IOException {
    assertRefused(
        archive(new byte[] {(byte) 0x80, 2, 'X', -1, -1, -1, 0x7f, 'a'}, ""), "broken pickle");
  }

  // 10 million zeros: 40 MB of data in 40 KB of file
  @Test
  void count_storageThatInflatesAThousandTimes_isRefused() throws IOException {
    assertRefused(
        new TinyArchive().tensor("w", 10_000_000).forward("return x").write(folder),
        "bytes from a file of");
  }

  @Test
  void count_tensorThatReachesPastItsStorage_isRefused() throws IOException {
    assertRefused(
        new TinyArchive().striding(1000).tensor("w", 4).forward("return x").write(folder),
        "reaches element 3000 of 4");
  }

  @Test
  void count_expressionsNestedDeep_areRefused() throws IOException {
    String deep = "torch.neg(".repeat(50_000) + "x" + ")".repeat(50_000);

    assertRefused(new TinyArchive().forward("return " + deep).write(folder), "nested");
  }

  @Test
  void count_blocksNestedDeep_areRefused() throws IOException {
    StringBuilder code = new StringBuilder("class M(Module):\n  def forward(self, x):\n");
    for (int i = 0; i < 4000; i++) {
      code.append(" ".repeat(4 + i)).append("if True:\n");
    }
    code.append(" ".repeat(4004)).append("return x\n");

    assertRefused(
        archive(latin1("\u0080\u0002c__torch__\nM\n)\u0081}b."), code.toString()), "nested");
  }

  @Test
  void count_methodThatCallsItself_isRefused() throws IOException {
    assertRefused(
        new TinyArchive().forward("return (self).forward(x, )").write(folder), "nested deeper");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = torch.add(a, a)",
        "a = torch.mul(a, 1000)",
        "a = torch.append(torch.list(a), torch.list(a))"
      })
  void count_listsThatGrowWithoutEnd_areRefused(String step) throws IOException {
    assertRefused(
        new TinyArchive()
            .forward("a = [1, 2, 3]", "while True:", "  " + step, "return x")
            .write(folder),
        "more than");
  }

  @Test
  void count_textThatDoublesWithoutEnd_isRefused() throws IOException {
    assertRefused(
        new TinyArchive()
            .forward("a = \"ab\"", "while True:", "  a = torch.add(a, a)", "return x")
            .write(folder),
        "more than");
  }

  @Test
  void count_nothingTimesFarTooMuch_ends() throws IOException, BadInputException {
    Path file =
        new TinyArchive()
            .forward("a = torch.mul(annotate(List[int], []), 4000000000000000000)", "return x")
            .write(folder);

    assertThat(TorchScriptFlops.count(file, List.of(List.of(1L))).macs()).isZero();
  }

  @Test
  void count_zipOfNothing_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("empty.pt"), latin1("PK\u0003\u0004"));

    assertRefused(file, "unreadable");
  }

  @Test
  void count_codeWithoutItsReturn_isRefused() throws IOException {
    assertRefused(
        new TinyArchive().forward("y = torch.relu(x)").write(folder), "ends without a return");
  }

  // stored, so that the byte is the code's own: only the checksum can say that it changed
  @Test
  void count_codeWithAnotherByte_isRefused() throws IOException {
    byte[] code =
        latin1("class M(Module):\n  def forward(self,\n    x: Tensor) -> Tensor:\n    return x\n");
    CRC32 checksum = new CRC32();
    checksum.update(code);
    Path file = folder.resolve("changed.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("h/data.pkl"));
      zip.write(latin1("\u0080\u0002c__torch__\nM\n)\u0081}b."));
      ZipEntry entry = new ZipEntry("h/code/__torch__.py");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(code.length);
      entry.setCrc(checksum.getValue());
      zip.putNextEntry(entry);
      zip.write(code);
    }
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("return x");
    bytes[at] = '#'; // a comment in place of the return
    Files.write(file, bytes);

    assertRefused(file, "checksum");
  }
}
