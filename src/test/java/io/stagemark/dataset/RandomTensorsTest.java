package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RandomTensorsTest {
  private static final TensorSpec IDS =
      new TensorSpec("ids", ElementType.INT64, List.of(1L, 1000L));
  private static final TensorSpec VALUES =
      new TensorSpec("values", ElementType.FLOAT32, List.of(1L, 1000L));

  private static DatasetSettings settings(String seed, int limit) {
    return new DatasetSettings(
            "random",
            Path.of("random"),
            Optional.empty(),
            Optional.empty(),
            limit == 0 ? Optional.empty() : Optional.of(limit))
        .with(Map.of("seed", seed, "examples", "3"));
  }

  private static ModelView model(Map<String, DrawRange> ranges) {
    return new ModelView(new LabelMap(List.of()), List.of(IDS, VALUES), false, ranges);
  }

  private static List<Example> drawn(String seed, int limit, Map<String, DrawRange> ranges)
      throws BadInputException {
    return Datasets.open(settings(seed, limit), model(ranges)).examples();
  }

  @Test
  void open_rangeOfIds_isDrawnToBothEnds() throws Exception {
    Tensor ids = drawn("42", 0, Map.of("ids", new DrawRange(0, 6))).get(0).tensors().get(0);
    assertThat(java.util.stream.LongStream.range(0, 1000).map(i -> ids.longs().get((int) i)))
        .contains(0L, 1L, 2L, 3L, 4L, 5L, 6L)
        .allMatch(id -> id >= 0 && id <= 6);
  }

  @Test
  void open_withoutARange_isFromZeroToOne() throws Exception {
    Tensor values = drawn("42", 0, Map.of()).get(0).tensors().get(1);
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      assertThat(values.floats().get(i)).isBetween(0f, 1f);
      sum += values.floats().get(i);
    }
    assertThat(sum / 1000).isBetween(0.45, 0.55); // 5 standard errors of a uniform mean
  }

  @Test
  void open_oneValue_isThatValue() throws Exception {
    Tensor ids = drawn("42", 0, Map.of("ids", new DrawRange(7, 7))).get(0).tensors().get(0);
    assertThat(ids.longs().get(0)).isEqualTo(7);
    assertThat(ids.longs().get(999)).isEqualTo(7);
  }

  @Test
  void open_sameSeed_isTheSameWhateverTheLimit() throws Exception {
    List<Example> all = drawn("42", 0, Map.of());
    List<Example> first = drawn("42", 1, Map.of());
    assertThat(all).hasSize(3);
    assertThat(first).hasSize(1);
    assertThat(first.get(0).tensors().get(1).bytes())
        .isEqualTo(all.get(0).tensors().get(1).bytes());
    assertThat(all.get(1).tensors().get(1).bytes())
        .isNotEqualTo(all.get(0).tensors().get(1).bytes());
    assertThat(drawn("43", 1, Map.of()).get(0).tensors().get(1).bytes())
        .isNotEqualTo(first.get(0).tensors().get(1).bytes());
  }

  @Test
  void digest_otherSeed_isAnother() throws Exception {
    String digest = Datasets.digest(Datasets.open(settings("42", 0), model(Map.of())));
    assertThat(Datasets.digest(Datasets.open(settings("42", 0), model(Map.of()))))
        .isEqualTo(digest);
    assertThat(Datasets.digest(Datasets.open(settings("7", 0), model(Map.of()))))
        .isNotEqualTo(digest);
  }

  @Test
  void open_extentThatDependsOnTheData_isRefused() {
    TensorSpec open = new TensorSpec("x", ElementType.FLOAT32, List.of(1L, TensorSpec.DYNAMIC));
    ModelView model = new ModelView(new LabelMap(List.of()), List.of(open), false);
    assertThatThrownBy(() -> Datasets.open(settings("42", 0), model))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("input 'x'")
        .hasMessageContaining("an extent that depends on the data");
  }

  @Test
  void open_moreThanATensorHolds_isRefused() {
    for (long extent : new long[] {1L << 30, Long.MAX_VALUE}) {
      TensorSpec huge = new TensorSpec("x", ElementType.FLOAT32, List.of(1L, extent));
      ModelView model = new ModelView(new LabelMap(List.of()), List.of(huge), false);
      assertThatThrownBy(() -> Datasets.open(settings("42", 0), model))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("an input of less than 2 GiB");
    }
  }
}
