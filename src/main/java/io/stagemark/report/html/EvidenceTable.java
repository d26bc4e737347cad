package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.result.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table that is filled row by row and keeps only as many rows as the page has room for. Columns
 * without a figure in any row are left out.
 */
final class EvidenceTable {
  private static final int MAX_ROWS = 40;

  /** A run of so few cases has more rows a case. */
  private static final int FEW_CASES = 10;

  private static final int MAX_ROWS_OF_FEW = 200;

  private final String caption;
  private final int maxRows;
  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private int left;

  EvidenceTable(RunView run, String caption) {
    this.caption = caption;
    this.maxRows = run.cases().size() <= FEW_CASES ? MAX_ROWS_OF_FEW : MAX_ROWS;
  }

  /** Adds columns of texts. */
  EvidenceTable texts(String... titles) {
    for (String title : titles) {
      columns.add(Column.text(title));
    }
    return this;
  }

  /** Adds columns of numbers. */
  EvidenceTable numbers(String... titles) {
    for (String title : titles) {
      columns.add(Column.number(title));
    }
    return this;
  }

  /** Adds a row, or counts it where there are enough. */
  void row(Cell... cells) {
    row(List.of(cells));
  }

  /** Adds a row, or counts it where there are enough. */
  void row(List<Cell> cells) {
    if (rows.size() < maxRows) {
      rows.add(new Row(cells));
    } else {
      left++;
    }
  }

  /** Returns the table, and how many rows are not in it; nothing without rows. */
  List<Block> blocks() {
    if (rows.isEmpty()) {
      return List.of();
    }
    int[] kept =
        IntStream.range(0, columns.size())
            .filter(
                c -> rows.stream().anyMatch(r -> !r.cells().get(c).text().equals(Figures.ABSENT)))
            .toArray();
    List<Row> shown =
        rows.stream()
            .map(r -> new Row(IntStream.of(kept).mapToObj(r.cells()::get).toList()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            caption, IntStream.of(kept).mapToObj(columns::get).toList(), shown, rows.size() > 1));
    if (left > 0) {
      blocks.add(new Block.Paragraph(String.format(ROOT, "And %d more: result.json.", left)));
    }
    return blocks;
  }

  /** Returns blocks that are shown when they are asked for; nothing without blocks. */
  static Optional<Block> folded(String summary, List<Block> blocks) {
    return blocks.isEmpty() ? Optional.empty() : Optional.of(new Block.Folded(summary, blocks));
  }
}
