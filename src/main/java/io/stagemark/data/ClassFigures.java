package io.stagemark.data;

import java.util.List;

/**
 * The figures of one class over a data set.
 *
 * @param name of the class
 * @param figures such as precision and recall; NaN where one is not defined
 */
public record ClassFigures(String name, List<Score> figures) {
  public ClassFigures {
    figures = List.copyOf(figures);
  }
}
