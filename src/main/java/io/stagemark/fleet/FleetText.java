package io.stagemark.fleet;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.fleet.FleetColumns.FleetColumn;
import io.stagemark.fleet.FleetTable.Entry;
import io.stagemark.report.TextTable;
import io.stagemark.result.Environment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A {@link FleetTable} as text: a table a case, the fastest machine first. */
public final class FleetText {
  private static final int WIDTH = 100;

  private FleetText() {}

  /** Returns the lines, each ending with a line break. */
  public static String of(FleetTable table) {
    StringBuilder text = new StringBuilder();
    List<FleetColumn> columns = FleetColumns.of(table);
    for (Map.Entry<String, List<Entry>> one : table.cases().entrySet()) {
      text.append(PlainText.line(one.getKey())).append('\n');
      TextTable lines = new TextTable(WIDTH);
      lines.row(row("machine", columns.stream().map(FleetColumn::title)));
      for (Entry entry : one.getValue()) {
        lines.row(row(PlainText.line(entry.machine()), columns.stream().map(c -> c.text(entry))));
      }
      text.append(lines.text()).append('\n');
    }
    if (table.cases().isEmpty()) {
      text.append("No case was timed.\n\n");
    }
    table.machines().forEach(each -> text.append(machine(each)).append('\n'));
    table.notes().forEach(note -> text.append(PlainText.line(note)).append('\n'));
    return text.toString();
  }

  private static List<String> row(String first, Stream<String> others) {
    List<String> cells = new ArrayList<>(List.of(first));
    others.forEach(cells::add);
    return cells;
  }

  /** Returns such as {@code a: 2 × AMD EPYC, 24 GiB, 0fe9388821c7, 65 W, 0.34 an hour}. */
  static String machine(FleetMachine machine) {
    Environment where = machine.result().environment();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            ROOT,
            "%s: %d × %s, %.1f GiB",
            machine.name(),
            where.cores(),
            where.cpu(),
            where.memoryBytes() / (double) (1L << 30)));
    where.machine().ifPresent(record -> text.append(", ").append(record.fingerprint()));
    machine.watts().ifPresent(watts -> text.append(String.format(ROOT, ", %s W", plain(watts))));
    machine
        .pricePerHour()
        .ifPresent(price -> text.append(String.format(ROOT, ", %s an hour", plain(price))));
    return PlainText.line(text.toString());
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
