package io.stagemark.draft;

import java.util.List;

/**
 * How a model file is to be run.
 *
 * @param engines at least one
 * @param threads for one operator
 * @param batch examples in one forward
 * @param seconds that the whole run may take; 0 for a config that is kept, which has no such limit
 */
public record RunShape(List<String> engines, int threads, int batch, double seconds) {
  public RunShape {
    engines = List.copyOf(engines);
  }
}
