package io.stagemark.report.export;

import io.stagemark.data.PlainText;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of OpenMetrics: families with their samples, an end mark behind the last. */
final class MetricText {
  private final StringBuilder text = new StringBuilder();
  private String head = "";

  /**
   * Begins a family; one without samples is not written.
   *
   * @param unit the name's last part; empty for none
   */
  void family(String name, String type, String unit, String help) {
    head =
        "# TYPE "
            + name
            + " "
            + type
            + "\n"
            + (unit.isEmpty() ? "" : "# UNIT " + name + " " + unit + "\n")
            + "# HELP "
            + name
            + " "
            + escaped(help)
            + "\n";
  }

  /** Adds a sample to the family that was begun last. */
  void sample(String name, Map<String, String> labels, String value) {
    text.append(head).append(name);
    head = "";
    text.append(
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}")));
    text.append(' ').append(value).append('\n');
  }

  /** Escapes what ends a label's value or a line; what cannot be seen is visible. */
  private static String escaped(String value) {
    return PlainText.line(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Returns the whole text. */
  @Override
  public String toString() {
    return text + "# EOF\n";
  }
}
