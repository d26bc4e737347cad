package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link DatasetFormat} keeps to. A test of a format extends it and writes a data set of
 * at least two examples.
 */
public abstract class DatasetFormatContract {
  @TempDir Path folder;

  /** Returns the format under test. */
  protected abstract DatasetFormat format();

  /**
   * Writes a data set of at least two examples.
   *
   * @return its settings, without {@code limit} and {@code only}
   */
  protected abstract DatasetSettings write(Path root) throws IOException;

  /** Returns a model that the data set fits. */
  protected abstract ModelView model();

  private static DatasetSettings limited(DatasetSettings all, Path path) {
    return new DatasetSettings(all.format(), path, all.annotations(), all.truth(), Optional.of(1))
        .with(all.options());
  }

  @Test
  void name_isOfTheRegistry() {
    assertThat(format().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(format().description()).isNotBlank().doesNotContain("\n");
    assertThat(Datasets.formats().get(format().name())).hasSameClassAs(format());
  }

  @Test
  void keys_oneFolderAtMostIsRequiredAndNoneIsNamedTwice() {
    Set<DatasetKey> all = new HashSet<>(format().required());
    assertThat(all.addAll(format().optional()) || format().optional().isEmpty()).isTrue();
    assertThat(all).hasSize(format().required().size() + format().optional().size());
    assertThat(all.contains(DatasetKey.IMAGES) && all.contains(DatasetKey.PATH)).isFalse();
    assertThat(format().required().contains(DatasetKey.IMAGES))
        .isEqualTo(all.contains(DatasetKey.IMAGES));
    assertThat(format().required().contains(DatasetKey.PATH))
        .isEqualTo(all.contains(DatasetKey.PATH));
    assertThat(all.containsAll(Set.of(DatasetKey.MASKS, DatasetKey.TARGETS))).isFalse();
    assertThat(format().options())
        .extracting(DatasetOption::name)
        .doesNotHaveDuplicates()
        .doesNotContain("format", "images", "path", "annotations", "masks", "targets")
        .doesNotContain("unknownClasses", "limit");
  }

  @Test
  void open_twice_isTheSameWithIdsFilesAndTruth() throws Exception {
    DatasetSettings settings = write(folder);
    Dataset dataset = Datasets.open(settings, model());
    assertThat(dataset.examples()).hasSizeGreaterThan(1);
    assertThat(dataset.examples()).extracting(Example::id).doesNotHaveDuplicates();
    assertThat(dataset.examples())
        .allMatch(each -> each.hasFile() == format().hasFolder())
        .allMatch(each -> !each.hasFile() || each.file().toFile().exists());
    assertThat(dataset.examples())
        .allMatch(each -> each.image().isPresent() != format().holdsTensors());
    assertThat(dataset.examples())
        .allMatch(each -> each.truth() instanceof Truth.Unknown != settings.hasTruth());
    Dataset again = Datasets.open(settings, model());
    assertThat(again.examples())
        .extracting(Example::id)
        .isEqualTo(dataset.examples().stream().map(Example::id).toList());
    assertThat(Datasets.digest(again)).isEqualTo(Datasets.digest(dataset));
  }

  @Test
  void open_limitOrIds_takesThose() throws Exception {
    DatasetSettings settings = write(folder);
    List<String> ids =
        Datasets.open(settings, model()).examples().stream().map(Example::id).toList();
    assertThat(Datasets.open(limited(settings, settings.path()), model()).examples())
        .extracting(Example::id)
        .containsExactly(ids.get(0));
    assertThat(Datasets.open(settings.only(List.of(ids.get(1))), model()).examples())
        .extracting(Example::id)
        .containsExactly(ids.get(1));
  }

  @Test
  void files_ofEveryExample_areThere() throws Exception {
    DatasetSettings settings = write(folder);
    Dataset dataset = Datasets.open(settings, model());
    List<Path> files = Datasets.files(settings, dataset);
    assertThat(files).doesNotHaveDuplicates().allMatch(file -> file.toFile().isFile());
    assertThat(files)
        .containsAll(
            dataset.examples().stream().filter(Example::hasFile).map(Example::file).toList());
    settings
        .annotations()
        .ifPresent(named -> assertThat(files).anyMatch(file -> file.startsWith(named)));
  }

  @Test
  void open_withoutAModelOrAFolder_isFineOrBadInput() throws Exception {
    DatasetSettings settings = write(folder);
    assertThat(Datasets.problems(settings)).isEmpty();
    if (!format().hasFolder()) {
      return; // there is no folder that could be missing
    }
    DatasetSettings nowhere = limited(settings, folder.resolve("nowhere"));
    assertThat(Datasets.problems(nowhere)).isNotEmpty();
    assertThatThrownBy(() -> Datasets.open(nowhere, model()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nowhere");
  }
}
