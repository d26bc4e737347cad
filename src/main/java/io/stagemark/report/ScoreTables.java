package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.Score;
import java.util.List;

/** Tables of scores finer than a case's, in Markdown. */
final class ScoreTables {
  private ScoreTables() {}

  /** Returns a row for each class, each figure with the number of things it stands for. */
  static String classes(List<ClassFigures> classes) {
    if (classes.isEmpty()) {
      return "";
    }
    StringBuilder head = new StringBuilder("\n| class |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Score figure : classes.get(0).figures()) {
      head.append(' ').append(figure.name()).append(" | n |");
      rule.append("---:|---:|");
    }
    StringBuilder text = head.append('\n').append(rule).append('\n');
    for (ClassFigures one : classes) {
      text.append("| ").append(one.name()).append(" |");
      for (Score figure : one.figures()) {
        text.append(
            String.format(ROOT, " %s | %d |", Figures.score(figure.value()), figure.count()));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
