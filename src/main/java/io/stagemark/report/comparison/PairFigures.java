package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.DotRows;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Drawing;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.MeasuredPairs;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.file.StoredSamples;
import io.stagemark.stats.Median;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Each pair's change of each stage's median: whether the pairs agree. */
final class PairFigures {
  private static final List<Stage> STAGES =
      List.of(Stage.DECODE, Stage.PREPROCESS, Stage.FORWARD, Stage.POSTPROCESS, Stage.TOTAL);

  private PairFigures() {}

  /**
   * Returns the chart of all pairs.
   *
   * @return empty for stored runs, and where the samples are gone
   * @throws BadInputException if a file of samples is damaged
   */
  static Optional<Block> of(Comparison comparison, Path folder)
      throws IOException, BadInputException {
    if (comparison.pairs().isEmpty()) {
      return Optional.empty();
    }
    MeasuredPairs pairs = comparison.pairs().get();
    List<PairRecord> deciding =
        Stream.concat(pairs.screening().stream(), pairs.confirming().stream()).toList();
    List<List<DotRows.Dot>> dots = new ArrayList<>();
    STAGES.forEach(stage -> dots.add(new ArrayList<>()));
    for (int pair = 0; pair < deciding.size(); pair++) {
      Optional<StoredSamples> before = StoredSamples.read(folder, deciding.get(pair).baseline());
      Optional<StoredSamples> after = StoredSamples.read(folder, deciding.get(pair).candidate());
      if (before.isPresent() && after.isPresent()) {
        for (int s = 0; s < STAGES.size(); s++) {
          add(dots.get(s), pair + 1, before.get(), after.get(), STAGES.get(s));
        }
      }
    }
    List<DotRows.Row> rows = new ArrayList<>();
    for (int s = 0; s < STAGES.size(); s++) {
      if (!dots.get(s).isEmpty()) {
        rows.add(row(STAGES.get(s).label(), dots.get(s)));
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(figure(rows));
  }

  /** A stage that takes no time in a pair has no change there. */
  private static void add(
      List<DotRows.Dot> dots, int pair, StoredSamples before, StoredSamples after, Stage stage) {
    double base = Median.of(before.nanos(stage));
    if (base > 0) {
      double percent = 100 * (Median.of(after.nanos(stage)) / base - 1);
      dots.add(
          new DotRows.Dot(
              percent,
              String.format(ROOT, "pair %d: %+.1f %%", pair, percent),
              Map.of("pair", String.valueOf(pair), "stage", stage.label())));
    }
  }

  private static DotRows.Row row(String stage, List<DotRows.Dot> dots) {
    double median = Median.of(dots.stream().mapToDouble(DotRows.Dot::value).toArray());
    return new DotRows.Row(
        stage, 0, dots, Optional.empty(), String.format(ROOT, "median %+.1f %%", median));
  }

  private static Block figure(List<DotRows.Row> rows) {
    DotRows.Axis axis =
        new DotRows.Axis(
            "change of the median, %",
            Scale.Kind.LINEAR, OptionalDouble.of(0), OptionalDouble.empty());
    return Drawing.figure(
        new ChartTitle(
            "pairs", "Pair by pair", "each pair's change of the median of each stage, in %"),
        "A dot is a pair of JVMs that took turns.",
        (title, width) -> DotRows.svg(title, width, axis, rows),
        Optional.empty());
  }
}
