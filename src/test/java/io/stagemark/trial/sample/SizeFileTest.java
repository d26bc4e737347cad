package io.stagemark.trial.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SizeFileTest {
  @TempDir Path folder;

  @Test
  void read_whatWasWritten_isTheSame() throws Exception {
    Path file = folder.resolve("sizes.npy");
    List<SizeFile.Row> rows =
        List.of(
            new SizeFile.Row(3, new ImageSize(640, 448)),
            new SizeFile.Row(0, new ImageSize(448, 640)));
    SizeFile.write(file, rows);
    assertThat(SizeFile.read(file)).isEqualTo(rows);
  }

  @Test
  void read_arrayOfOtherColumnsOrSides_isRefused() throws Exception {
    for (List<Long> shape : List.of(List.of(2L, 2L), List.of(6L), List.of(2L, 3L))) {
      Path file = folder.resolve("bad.npy");
      NpyWriter.write(file, Tensor.allocate(new TensorSpec("sizes", ElementType.INT64, shape)));
      assertThatThrownBy(() -> SizeFile.read(file)) // zeros are no sides
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("the columns example, width, height");
    }
  }

  @Test
  void beside_samples_isNextToThem() {
    assertThat(SizeFile.beside("case-trial1.npy")).isEqualTo("case-trial1-sizes.npy");
  }
}
