package io.stagemark.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.trial.sample.SampleFile;
import io.stagemark.trial.sample.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what {@link SampleFile} writes, and refuses the rest. */
@SuppressWarnings("EnumOrdinal") // columns are the stages in their order
final class SampleTimesTest {
  private static final String NAME = "samples/a.npy";

  @TempDir Path folder;

  private void write(boolean causes) throws Exception {
    Samples samples = new Samples(3);
    for (int batch = 1; batch <= 3; batch++) {
      for (Stage stage : Stage.values()) {
        samples.set(stage, 10L * batch + stage.ordinal());
      }
      samples.next();
    }
    if (causes) {
      samples.setCauseBits(new long[] {0, 5, 64});
    }
    Files.createDirectories(folder.resolve("samples"));
    SampleFile.write(folder.resolve(NAME), samples);
  }

  private List<List<Long>> read() throws Exception {
    List<List<Long>> rows = new ArrayList<>();
    SampleTimes times = SampleTimes.in(folder, NAME).orElseThrow();
    long count = times.forEach(row -> rows.add(Arrays.stream(row).boxed().toList()));
    assertThat(count).isEqualTo(rows.size());
    return rows;
  }

  @Test
  void forEach_fileOfATrial_givesEveryBatchInOrder() throws Exception {
    write(false);
    assertThat(read())
        .containsExactly(
            List.of(10L, 11L, 12L, 13L, 14L),
            List.of(20L, 21L, 22L, 23L, 24L),
            List.of(30L, 31L, 32L, 33L, 34L));
  }

  @Test
  void forEach_fileWithCauses_givesTheirBitsBehindTheTimes() throws Exception {
    write(true);
    assertThat(read())
        .containsExactly(
            List.of(10L, 11L, 12L, 13L, 14L, 0L),
            List.of(20L, 21L, 22L, 23L, 24L, 5L),
            List.of(30L, 31L, 32L, 33L, 34L, 64L));
    StoredSamples all = StoredSamples.read(folder, NAME).orElseThrow();
    assertThat(all.nanos(Stage.TOTAL)).containsExactly(14, 24, 34);
    assertThat(all.causeBits().orElseThrow()).containsExactly(0, 5, 64);
  }

  @Test
  void forEach_everyCut_isRefused() throws Exception {
    write(true);
    byte[] whole = Files.readAllBytes(folder.resolve(NAME));
    for (int length = 0; length < whole.length; length++) {
      Files.write(folder.resolve(NAME), Arrays.copyOf(whole, length));
      assertThatThrownBy(this::read)
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("a.npy");
    }
  }

  @Test
  void forEach_negativeTime_isRefused() throws Exception {
    write(false);
    byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length - 8, -1);
    Files.write(folder.resolve(NAME), bytes);
    assertThatThrownBy(this::read).hasMessageContaining("-1, a time below 0");
  }

  @Test
  void forEach_anotherArray_isRefused() throws Exception {
    write(false);
    byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String other :
        List.of(
            text.replace("<i8", "<f8"),
            text.replace("False", "True "),
            text.replace("(3, 5)", "(3, 4)"),
            text.replace("(3, 5)", "(3, 7)"),
            text.replace("(3, 5)", "(15,) "),
            text.replace("NUMPY", "NUMPX"))) {
      Files.write(folder.resolve(NAME), other.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(this::read).isInstanceOf(BadInputException.class);
    }
  }

  @Test
  void in_noFileOfTheFolder_isEmpty() throws Exception {
    write(false);
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.createSymbolicLink(inner.resolve("link.npy"), folder.resolve(NAME));
    for (String name :
        List.of(
            "samples/b.npy",
            "../" + NAME,
            folder.resolve(NAME).toString(),
            "link.npy",
            "",
            "a\0b",
            "samples")) {
      assertThat(SampleTimes.in(inner, name)).as(name).isEmpty();
    }
    assertThat(SampleTimes.in(folder, "inner/../" + NAME)).isPresent();
  }
}
