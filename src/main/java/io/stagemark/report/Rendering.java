package io.stagemark.report;

import java.util.List;

/**
 * What a reporter made.
 *
 * @param console text to print, ending with a line break, at most 100 columns; may be empty
 * @param files what was written, relative to the run's folder
 */
public record Rendering(String console, List<String> files) {
  public Rendering {
    files = List.copyOf(files);
  }
}
