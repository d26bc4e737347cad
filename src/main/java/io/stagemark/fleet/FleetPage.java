package io.stagemark.fleet;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.fleet.FleetColumns.FleetColumn;
import io.stagemark.fleet.FleetTable.Entry;
import io.stagemark.report.chart.BarChart;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.report.page.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link FleetTable} as a page: a chart and a table a case, and what the machines are. */
public final class FleetPage {
  private static final String LEAD =
      "FPS/core is over the cores that the case uses, FPS/W images a joule, images/price images for"
          + " one unit of the price's money. Only one column decides at a time: sort by it.";

  private FleetPage() {}

  /** Returns the file's text. */
  public static String of(FleetTable table) throws IOException {
    List<FleetColumn> columns = FleetColumns.of(table);
    List<Section> sections = new ArrayList<>();
    int number = 1;
    for (Map.Entry<String, List<Entry>> one : table.cases().entrySet()) {
      sections.add(
          new Section(
              "case-" + number,
              PlainText.seen(one.getKey()),
              number == 1 ? LEAD : "",
              List.of(
                  figure(number, PlainText.seen(one.getKey()), one.getValue()),
                  rows(PlainText.seen(one.getKey()), one.getValue(), columns))));
      number++;
    }
    List<Block> machines = new ArrayList<>();
    machines.add(new Block.Items(table.machines().stream().map(FleetText::machine).toList()));
    if (!table.notes().isEmpty()) {
      machines.add(new Block.Heading("What differs or is left out"));
      machines.add(new Block.Items(table.notes().stream().map(PlainText::seen).toList()));
    }
    sections.add(new Section("machines", "Machines", "", machines));
    return HtmlPage.of(
        new Page(
            "Fleet · Stagemark",
            "Fleet",
            String.format(
                ROOT,
                "%d machines, %d cases of %s, data set %s",
                table.machines().size(),
                table.cases().size(),
                PlainText.seen(table.machines().get(0).result().name()),
                PlainText.seen(table.machines().get(0).result().dataset().name())),
            sections,
            Optional.empty(),
            "From the result.json of each machine. ± is the 95 % interval of the p50."));
  }

  private static Block figure(int number, String label, List<Entry> entries) {
    List<BarChart.Row> bars = entries.stream().map(FleetPage::bar).toList();
    return Drawing.figure(
        new ChartTitle(
            "fps-" + number, "FPS: " + label, entries.size() + " machines, the fastest first."),
        "Images a second on each machine.",
        (title, width) -> BarChart.svg(title, width, "images a second", Map.of(), bars),
        Optional.empty());
  }

  private static BarChart.Row bar(Entry entry) {
    double fps = entry.framesPerSecond().orElse(0);
    String text = String.format(ROOT, "%.1f", fps);
    String machine = PlainText.seen(entry.machine());
    return new BarChart.Row(
        machine,
        List.of(
            new BarChart.Segment(
                "s-plain", 0, fps, "", machine + ": " + text + " FPS", Map.of("fps", text))),
        Optional.empty(),
        text);
  }

  private static Block.Table rows(String label, List<Entry> entries, List<FleetColumn> columns) {
    List<Column> heads = new ArrayList<>(List.of(Column.text("machine")));
    columns.forEach(column -> heads.add(Column.number(column.title())));
    List<Row> rows = new ArrayList<>();
    for (Entry entry : entries) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(PlainText.seen(entry.machine()))));
      for (FleetColumn column : columns) {
        cells.add(Cell.of(column.text(entry), column.value().of(entry).orElse(Double.NaN)));
      }
      rows.add(new Row(cells));
    }
    return new Block.Table(label, heads, rows, true);
  }
}
