package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyWriterTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f4_2x3",
        "f8_scalar",
        "i8_3",
        "empty",
        "type_b1",
        "type_f2",
        "type_i1",
        "type_i2",
        "type_i4",
        "type_u1",
        "type_u2"
      })
  void write_whatNumpyWrote_isNumpysFileByteForByte(String name) throws Exception {
    Path numpys = Resource.of("npy/" + name + ".npy");
    Path ours = folder.resolve("ours.npy");

    NpyWriter.write(ours, NpyReader.read(numpys, "x"));

    assertThat(ours).hasSameBinaryContentAs(numpys);
  }

  @Test
  void write_overALongerFile_leavesNothingOfIt() throws Exception {
    Path file = folder.resolve("a.npy");
    Files.write(file, new byte[10_000]);
    Tensor tensor = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of(1L)));

    NpyWriter.write(file, tensor);

    assertThat(NpyReader.read(file, "x").spec()).isEqualTo(tensor.spec());
  }

  // -2.5 is 0xC020, 1.5 is 0x3FC0
  @Test
  void write_bfloat16_isFloat32OfTheSameNumbers() throws Exception {
    Tensor tensor = Tensor.allocate(new TensorSpec("x", ElementType.BFLOAT16, List.of(2L)));
    tensor.bytes().putShort(0, (short) 0xC020).putShort(2, (short) 0x3FC0);
    Path file = folder.resolve("a.npy");

    NpyWriter.write(file, tensor);

    Tensor read = NpyReader.read(file, "x");
    assertThat(read.spec()).isEqualTo(new TensorSpec("x", ElementType.FLOAT32, List.of(2L)));
    assertThat(read.floats().get(0)).isEqualTo(-2.5f);
    assertThat(read.floats().get(1)).isEqualTo(1.5f);
  }
}
