package io.stagemark.dataset;

import java.util.List;

/**
 * The examples of a run, checked: every file exists and ends where its format says.
 *
 * @param name for reports
 * @param examples at least one, in the data set's order
 */
public record Dataset(String name, List<Example> examples) {
  public Dataset {
    examples = List.copyOf(examples);
  }
}
