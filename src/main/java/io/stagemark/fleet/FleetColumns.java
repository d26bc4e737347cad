package io.stagemark.fleet;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.fleet.FleetTable.Entry;
import io.stagemark.report.PrecisionText;
import io.stagemark.result.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The columns of a {@link FleetTable}: those that some machine has a figure for. */
final class FleetColumns {
  private FleetColumns() {}

  /** Returns the figure of a column. */
  interface Value {
    OptionalDouble of(Entry entry);
  }

  /** Returns the text of a figure. */
  interface Text {
    String of(Entry entry, double value);
  }

  /**
   * A column.
   *
   * @param title above it, with the unit
   * @param value that it is sorted by
   * @param text of a figure
   */
  record FleetColumn(String title, Value value, Text text) {
    /** Returns the text, or a dash. */
    String text(Entry entry) {
      OptionalDouble figure = value.of(entry);
      return figure.isPresent() ? text.of(entry, figure.getAsDouble()) : Figures.ABSENT;
    }
  }

  private static final List<FleetColumn> ALL =
      List.of(
          new FleetColumn(
              "p50 ms",
              Entry::totalNanos,
              (entry, nanos) ->
                  Figures.millis(nanos)
                      + entry
                          .precision()
                          .map(p -> " " + PlainText.line(PrecisionText.plusMinus(p)))
                          .orElse("")),
          new FleetColumn("FPS", Entry::framesPerSecond, (entry, value) -> number(value)),
          new FleetColumn("FPS/core", Entry::perCore, (entry, value) -> number(value)),
          new FleetColumn("FPS/W", Entry::perWatt, (entry, value) -> number(value)),
          new FleetColumn("images/price", Entry::perPrice, (entry, value) -> number(value)),
          new FleetColumn(
              "of roofline",
              Entry::roofline,
              (entry, value) -> String.format(ROOT, "%.0f %%", 100 * value)));

  /** Returns the columns that are not empty. */
  static List<FleetColumn> of(FleetTable table) {
    List<FleetColumn> columns = new ArrayList<>();
    for (FleetColumn column : ALL) {
      if (table.cases().values().stream()
          .flatMap(List::stream)
          .anyMatch(entry -> column.value().of(entry).isPresent())) {
        columns.add(column);
      }
    }
    return columns;
  }

  /** Three digits of a small number, all of a large one. */
  private static String number(double value) {
    return String.format(ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
