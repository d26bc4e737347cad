package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digest of a data set is made of those of its parts, and nothing in it goes unseen. */
final class DatasetDigestTest {
  @TempDir Path folder;

  private List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Path file = Files.writeString(folder.resolve(i + ".txt"), "content " + i);
      examples.add(new Example("e" + i, file, List.of(), new Truth.Label(List.of(i))));
    }
    return examples;
  }

  @Test
  void sum_ofAnyParts_isTheDigestOfTheWhole() throws IOException {
    List<Example> all = examples();
    String whole = DatasetDigest.of(all, 0);
    assertThat(whole).matches("[0-9a-f]{64}");
    for (int cut : IntStream.rangeClosed(0, 5).toArray()) {
      List<String> parts =
          new ArrayList<>(
              List.of(
                  DatasetDigest.of(all.subList(0, cut), 0),
                  DatasetDigest.of(all.subList(cut, 5), cut)));
      Collections.reverse(parts);
      assertThat(DatasetDigest.sum(parts)).isEqualTo(whole);
    }
    assertThat(DatasetDigest.of(List.of(), 0)).isEqualTo("0".repeat(64));
  }

  @Test
  void of_otherBytesIdsTruthOrOrder_isAnother() throws IOException {
    List<Example> all = examples();
    String whole = DatasetDigest.of(all, 0);
    assertThat(DatasetDigest.of(all, 1)).isNotEqualTo(whole);
    List<Example> swapped = new ArrayList<>(all);
    Collections.swap(swapped, 1, 3);
    assertThat(DatasetDigest.of(swapped, 0)).isNotEqualTo(whole);
    Example first = all.get(0);
    for (Example other :
        List.of(
            new Example("f", first.file(), List.of(), first.truth()),
            new Example(first.id(), first.file(), List.of(), new Truth.Label(List.of(4))))) {
      List<Example> changed = new ArrayList<>(all);
      changed.set(0, other);
      assertThat(DatasetDigest.of(changed, 0)).isNotEqualTo(whole);
      assertThat(DatasetDigest.listing(changed)).isNotEqualTo(DatasetDigest.listing(all));
    }
    String listing = DatasetDigest.listing(all);
    Files.writeString(folder.resolve("2.txt"), "content of another");
    assertThat(DatasetDigest.of(all, 0)).isNotEqualTo(whole);
    assertThat(DatasetDigest.listing(all)).isEqualTo(listing); // it reads no file
  }
}
