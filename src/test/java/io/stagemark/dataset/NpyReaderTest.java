package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NpyReaderTest {
  @TempDir Path folder;

  private static Tensor read(String name) throws BadInputException {
    return NpyReader.read(Resource.of("npy/" + name), "x");
  }

  private static void refuses(Path file, String found) {
    assertThatThrownBy(() -> NpyReader.read(file, "x"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + "\n  found:    " + found);
  }

  // numpy.array([[0, 1.5, -2], [3e38, 1e-45, nan]], '<f4')
  @Test
  void read_float32_hasNumpysValues() throws BadInputException {
    Tensor tensor = read("f4_2x3.npy");

    assertThat(tensor.spec().type()).isEqualTo(ElementType.FLOAT32);
    assertThat(tensor.spec().shape()).containsExactly(2L, 3L);
    float[] values = new float[6];
    tensor.floats().get(0, values);
    assertThat(values).containsExactly(0, 1.5f, -2, 3e38f, Float.MIN_VALUE, Float.NaN);
  }

  @Test
  void read_int64AndScalar_haveNumpysValues() throws BadInputException {
    Tensor whole = read("i8_3.npy");
    assertThat(whole.spec().shape()).containsExactly(3L);
    assertThat(List.of(whole.longs().get(0), whole.longs().get(1), whole.longs().get(2)))
        .containsExactly(1L, -2L, 1L << 62);

    Tensor scalar = read("f8_scalar.npy");
    assertThat(scalar.spec().shape()).isEmpty();
    assertThat(scalar.bytes().getDouble(0)).isEqualTo(0.1);
  }

  // numpy.array([[1], [0]], type): 1 is 0x3C00 as float16
  @ParameterizedTest
  @CsvSource({
    "f2, FLOAT16, 0, 60",
    "i1, INT8, 1, 0",
    "u1, UINT8, 1, 0",
    "i2, INT16, 1, 0",
    "u2, UINT16, 1, 0",
    "i4, INT32, 1, 0",
    "b1, BOOL, 1, 0"
  })
  void read_otherTypes_haveNumpysBytes(String name, ElementType type, int first, int second)
      throws BadInputException {
    Tensor tensor = read("type_" + name + ".npy");

    assertThat(tensor.spec().type()).isEqualTo(type);
    assertThat(tensor.spec().shape()).containsExactly(2L, 1L);
    assertThat(tensor.bytes().get(0)).isEqualTo((byte) first);
    assertThat(tensor.bytes().get(1)).isEqualTo((byte) second);
  }

  @Test
  void read_versions2And3_areTheSame() throws BadInputException {
    for (String name : List.of("v2.npy", "v3.npy")) {
      assertThat(read(name).floats().get(0)).isEqualTo(1);
      assertThat(read(name).floats().get(1)).isEqualTo(2);
    }
  }

  @Test
  void read_noElements_isEmpty() throws BadInputException {
    assertThat(read("empty.npy").spec().shape()).containsExactly(0L, 3L);
  }

  @Test
  void read_whatATensorCannotHold_isRefused() {
    refuses(Resource.of("npy/object.npy"), "elements of type |O (Python objects)\n");
    refuses(Resource.of("npy/struct.npy"), "elements of type a structure\n");
    refuses(Resource.of("npy/c16.npy"), "elements of type <c16 (complex numbers)\n");
  }

  // numpy.arange(6, dtype='<f4').reshape(2, 3) with order='F', and numpy.arange(3, dtype='>f4')
  @Test
  void read_fortranOrderAndBigEndian_haveNumpysValues() throws BadInputException {
    float[] values = new float[6];
    Tensor fortran = read("fortran.npy");
    fortran.floats().get(0, values);
    assertThat(fortran.spec().shape()).containsExactly(2L, 3L);
    assertThat(values).containsExactly(0, 1, 2, 3, 4, 5);

    float[] three = new float[3];
    read("big_endian.npy").floats().get(0, three);
    assertThat(three).containsExactly(0, 1, 2);
  }

  @Test
  void read_fileThatIsNotWhole_isRefused() throws IOException {
    Path file = folder.resolve("a.npy");
    refuses(file, "no such file\n");
    Files.write(file, new byte[0]);
    refuses(file, "no NumPy array: its first bytes are not \\x93NUMPY\n");
    byte[] whole = Files.readAllBytes(Resource.of("npy/f4_2x3.npy"));
    Files.write(file, Arrays.copyOf(whole, 100));
    refuses(file, "cut off in its header\n");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    refuses(file, "cut off: 23 bytes of elements, shape [2, 3] of FLOAT32 needs 24\n");
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    refuses(file, "bytes after the last element\n");
    whole[6] = 4;
    Files.write(file, whole);
    refuses(file, "version 4 of the format; known are 1, 2 and 3\n");
  }

  // A header of 128 bytes that claims 1e18 elements, or 2 GiB and more, costs nothing.
  @Test
  void read_shapeThatLies_isRefusedWithoutMemory() throws IOException {
    Path file = folder.resolve("a.npy");
    for (String shape :
        List.of("(999999999999, 999999)", "(1073741824, )", "(5, 9999999999999999999)")) {
      String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
      byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) dictionary.length(), 0};
      byte[] header = Arrays.copyOf(start, start.length + dictionary.length());
      for (int i = 0; i < dictionary.length(); i++) {
        header[start.length + i] = (byte) dictionary.charAt(i);
      }
      Files.write(file, header);
      assertThatThrownBy(() -> NpyReader.read(file, "x")).isInstanceOf(BadInputException.class);
    }
  }

  @Test
  void readAll_archive_hasEveryArrayByName() throws BadInputException {
    Map<String, Tensor> two = NpyReader.readAll(Resource.of("npy/two.npz"));
    assertThat(two).containsOnlyKeys("a", "b");
    assertThat(two.values().iterator().next().floats().get(1)).isEqualTo(2);

    assertThat(NpyReader.readAll(Resource.of("npy/packed.npz"))).containsOnlyKeys("input:0");
  }

  @Test
  void readAll_noArchive_isRefused() throws IOException {
    Path file = folder.resolve("a.npz");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> NpyReader.readAll(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + "\n  found:    unreadable: ");
    assertThatThrownBy(() -> NpyReader.readAll(folder.resolve("none.npz")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no such file");
  }
}
