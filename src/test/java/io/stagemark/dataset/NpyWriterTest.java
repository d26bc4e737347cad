package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

  @Test
  void write_bfloat16_isRefused() {
    Tensor tensor = Tensor.allocate(new TensorSpec("x", ElementType.BFLOAT16, List.of(1L)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyWriter.write(folder.resolve("a.npy"), tensor))
        .withMessage("NumPy has no type for BFLOAT16");
  }
}
