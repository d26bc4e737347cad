package io.stagemark.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as RFC 4180 has them: a field may be in double quotes, and then hold
 * commas, line ends and, doubled, quotes. Lines end with CR LF or LF; a blank line is no row.
 */
final class CsvRows {
  private final String text;
  private final List<Row> rows = new ArrayList<>();
  private int at;
  private int line = 1;

  /**
   * One row.
   *
   * @param line where it begins, from 1
   * @param fields without their quotes
   * @param fault what is wrong with its quotes; empty if nothing is
   */
  record Row(int line, List<String> fields, String fault) {
    Row {
      fields = List.copyOf(fields);
    }
  }

  private CsvRows(String text) {
    this.text = text;
  }

  /** Returns the rows of a text. */
  static List<Row> of(String text) {
    CsvRows rows = new CsvRows(text);
    while (rows.at < rows.text.length()) {
      rows.row();
    }
    return rows.rows;
  }

  private void row() {
    int first = line;
    List<String> fields = new ArrayList<>();
    String fault = "";
    boolean more = true;
    while (more) {
      StringBuilder field = new StringBuilder();
      if (at < text.length() && text.charAt(at) == '"') {
        fault = quoted(field) ? fault : "a quote that nothing closes";
        if (plain(new StringBuilder()) > 0) {
          fault = "text after a closing quote";
        }
      } else {
        plain(field);
        fault = field.indexOf("\"") >= 0 ? "a quote inside a field without quotes" : fault;
      }
      fields.add(field.toString());
      more = at < text.length() && text.charAt(at) == ',';
      at += more ? 1 : 0;
    }
    lineEnd();
    if (fields.size() > 1 || !fields.get(0).isBlank()) {
      rows.add(new Row(first, fields, fault));
    }
  }

  /** Takes a field in quotes; returns whether they are closed. */
  private boolean quoted(StringBuilder field) {
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        if (at >= text.length() || text.charAt(at) != '"') {
          return true;
        }
      }
      line += c == '\n' ? 1 : 0;
      field.append(c);
    }
    return false;
  }

  /** Takes the text before the next comma or line end; returns its length. */
  private int plain(StringBuilder field) {
    int from = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      field.append(text.charAt(at++));
    }
    return at - from;
  }

  private void lineEnd() {
    while (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    line++;
  }
}
