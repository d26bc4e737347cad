package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.Figures;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Cells of tables: numbers as people read them, with the value that they are sorted by. */
final class Cells {
  static final Cell ABSENT = Cell.of(Figures.ABSENT);

  private Cells() {}

  static Cell millis(double nanos) {
    return Cell.of(Figures.millis(nanos), nanos);
  }

  /** Returns a percentile in ms, or how many samples it needs. */
  static Cell millis(Distribution times, Quantile quantile) {
    return quantile.nanos().isPresent()
        ? millis((double) quantile.nanos().getAsLong())
        : Cell.of("needs " + quantile.needed());
  }

  static Cell millis(Optional<Distribution> times, double percent) {
    return times.map(t -> millis(t, t.quantile(percent))).orElse(ABSENT);
  }

  static Cell number(OptionalDouble value, String format) {
    return value.isPresent()
        ? Cell.of(String.format(ROOT, format, value.getAsDouble()), value.getAsDouble())
        : ABSENT;
  }

  static Cell number(double value, String format) {
    return number(Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value), format);
  }

  static Cell count(long value) {
    return Cell.of(String.format(ROOT, "%,d", value), (double) value);
  }

  static Cell mebibytes(OptionalLong bytes) {
    return bytes.isPresent()
        ? Cell.of(
            String.format(ROOT, "%.0f", bytes.getAsLong() / (double) (1 << 20)),
            (double) bytes.getAsLong())
        : ABSENT;
  }
}
