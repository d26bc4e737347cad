package io.stagemark.dataset;

import java.util.List;

/**
 * The examples of a run, checked: every file exists and ends where its format says.
 *
 * @param name for reports
 * @param examples at least one, in the data set's order
 * @param notes what a user should know of it, such as files and truth that are left out; a sentence
 *     each
 */
public record Dataset(String name, List<Example> examples, List<String> notes) {
  public Dataset {
    examples = List.copyOf(examples);
    notes = List.copyOf(notes);
  }
}
