package io.stagemark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stagemark.data.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints figures: numbers with every digit that a double needs. In JSON what is no number there is
 * text: {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}.
 */
final class FigurePrinter {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private FigurePrinter() {}

  static String json(Map<String, Object> figures) {
    try {
      return JSON.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures that JSON cannot hold", e);
    }
  }

  /** Returns one line a figure, then the tables. */
  static String table(Map<String, Object> figures) {
    List<String> lines = new ArrayList<>();
    int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    figures.forEach(
        (name, value) -> {
          if (!isTable(value)) {
            lines.add(pad(name, width) + "  " + value);
          }
        });
    figures.forEach(
        (name, value) -> {
          if (isTable(value)) {
            lines.add("");
            lines.add(name);
            lines.addAll(rows((List<?>) value));
          }
        });
    return lines.stream().map(PlainText::line).collect(Collectors.joining(System.lineSeparator()));
  }

  private static boolean isTable(Object value) {
    return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map;
  }

  private static List<String> rows(List<?> maps) {
    Set<String> columns = new LinkedHashSet<>();
    List<Map<?, ?>> rows = new ArrayList<>();
    for (Object row : maps) {
      Map<?, ?> cells = (Map<?, ?>) row;
      rows.add(cells);
      cells.keySet().forEach(key -> columns.add(key.toString()));
    }
    List<StringBuilder> lines = new ArrayList<>();
    for (int i = 0; i <= rows.size(); i++) {
      lines.add(new StringBuilder());
    }
    for (String column : columns) {
      int width = column.length();
      for (Map<?, ?> row : rows) {
        width = Math.max(width, cell(row, column).length());
      }
      lines.get(0).append("  ").append(pad(column, width));
      for (int i = 0; i < rows.size(); i++) {
        lines.get(i + 1).append("  ").append(pad(cell(rows.get(i), column), width));
      }
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private static String cell(Map<?, ?> row, String column) {
    Object value = row.get(column);
    return value == null ? "-" : value.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
