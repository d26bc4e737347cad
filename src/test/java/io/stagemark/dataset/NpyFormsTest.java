package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays as other programs write them: byte orders, orders of axes, unsigned types, archives. */
final class NpyFormsTest {
  @TempDir Path folder;

  private static byte[] header(String dictionary) {
    byte[] text = (dictionary + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer header = ByteBuffer.allocate(10 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    return header.put((byte) 1).put((byte) 0).putShort((short) text.length).put(text).array();
  }

  private static byte[] array(String descr, String fortran, String shape, int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        header(
            "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
                .formatted(descr, fortran, shape)));
    for (int each : bytes) {
      out.write(each);
    }
    return out.toByteArray();
  }

  private Tensor read(byte[] content) throws IOException, BadInputException {
    return NpyReader.read(Files.write(folder.resolve("a.npy"), content), "x");
  }

  private static List<Long> longs(Tensor tensor) {
    return java.util.stream.LongStream.range(0, tensor.spec().elements())
        .mapToObj(i -> tensor.longs().get((int) i))
        .toList();
  }

  // 2^32 - 1 is -1 as int32; as int64 it is itself
  @Test
  void read_uint32_isInt64OfTheSameValues() throws Exception {
    int[] little = {0xFF, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0};
    int[] big = {0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 7};
    for (Tensor read :
        List.of(
            read(array("<u4", "False", "(2,)", little)),
            read(array(">u4", "False", "(2,)", big)))) {
      assertThat(read.spec().type()).isEqualTo(ElementType.INT64);
      assertThat(longs(read)).containsExactly(4294967295L, 7L);
    }
  }

  @Test
  void read_uint64_isInt64WhereItFitsAndNamesTheValueWhereNot() throws Exception {
    int[] largest = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
    assertThat(longs(read(array("<u8", "False", "(1,)", largest)))).containsExactly(Long.MAX_VALUE);

    int[] tooLarge = {0, 0, 0, 0, 0, 0, 0, 0x80}; // 2^63
    assertThatThrownBy(() -> read(array("<u8", "False", "(1,)", tooLarge)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the value 9223372036854775808 in an array of uint64");
  }

  // [[0, 1, 2], [3, 4, 5]] of shape (2, 3): column by column the file has 0 3 1 4 2 5
  @Test
  void read_fortranOrderOfBigEndian_isTransposedAndSwapped() throws Exception {
    int[] columns = {0, 0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5};
    Tensor read = read(array(">i2", "True", "(2, 3)", columns));
    assertThat(read.spec().shape()).containsExactly(2L, 3L);
    for (int i = 0; i < 6; i++) {
      assertThat(read.bytes().getShort(2 * i)).isEqualTo((short) i);
    }
  }

  // shape (2, 1, 2), values 10 i + k: the first index runs fastest, so the file has 0 10 1 11
  @Test
  void read_fortranOrderOfThreeAxes_isTransposed() throws Exception {
    Tensor read = read(array("|u1", "True", "(2, 1, 2)", 0, 10, 1, 11));
    assertThat(
            List.of(
                read.bytes().get(0), read.bytes().get(1), read.bytes().get(2), read.bytes().get(3)))
        .containsExactly((byte) 0, (byte) 1, (byte) 10, (byte) 11);
  }

  @Test
  void read_keysInAnotherOrder_areTheSameHeader() throws Exception {
    byte[] header = header("{\"shape\": (1,), 'fortran_order': False, 'descr': '|i1'}");
    byte[] whole = java.util.Arrays.copyOf(header, header.length + 1);
    assertThat(read(whole).spec().type()).isEqualTo(ElementType.INT8);
  }

  @Test
  void read_typesWithoutNumbers_areRefusedByName() {
    assertRefused(array("<U4", "False", "(0,)"), "elements of type <U4 (text)");
    assertRefused(array("<M8[ns]", "False", "(0,)"), "elements of type <M8[ns] (dates or times)");
    assertRefused(array("<f16", "False", "(0,)"), "elements of type <f16 (extended precision)");
    assertRefused(array("|V2", "False", "(0,)"), "(raw bytes, such as of bfloat16)");
    assertRefused(
        header("{'descr': [('a', '<f4')], 'shape': (1,)}"), "elements of type a structure");
    assertRefused(header("{'descr': '<f4', 'shape': (1,)}"), "a header that is not NumPy's");
  }

  private void assertRefused(byte[] content, String found) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(found);
  }

  @Test
  void read_archiveUnderTheNameOfAnArray_saysWhatItIs() throws Exception {
    assertRefused(zip("x.npy", array("|i1", "False", "(1,)", 1)), "a zip archive: an .npz");
  }

  private static byte[] zip(String name, byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      for (byte[] part : parts) {
        zip.write(part);
      }
    }
    return bytes.toByteArray();
  }

  // 64 MiB of zeros deflate to some 64 KiB: more than 8 times that and 16 MiB.
  @Test
  void readAll_archiveThatInflatesBeyondTheLimit_isRefusedBeforeItIsInflated() throws Exception {
    Path file = folder.resolve("bomb.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(header("{'descr': '<f4', 'fortran_order': False, 'shape': (16777216,), }"));
      for (int i = 0; i < 64; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    assertThatThrownBy(() -> NpyReader.readAll(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(
            "67108864 bytes from a file of %d; at most 8 times the file and 16 MiB"
                .formatted(Files.size(file)));
  }

  // 16 MiB may come out of the smallest file: masks of one class deflate to almost nothing
  @Test
  void readAll_smallArchiveOfZeros_isRead() throws Exception {
    byte[] zeros = new byte[1 << 20];
    Path file =
        Files.write(
            folder.resolve("a.npz"),
            zip(
                "x.npy",
                header("{'descr': '|u1', 'fortran_order': False, 'shape': (1048576,)}"),
                zeros));
    assertThat(NpyReader.readAll(file).values().iterator().next().spec().shape())
        .containsExactly(1048576L);
  }

  @Test
  void read_folder_isNoFile() {
    assertThatThrownBy(() -> NpyReader.read(folder, "x"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(folder + "\n  found:    a folder\n");
  }
}
