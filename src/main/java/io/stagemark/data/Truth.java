package io.stagemark.data;

import java.util.List;

/** What is right for one example, by kind of task. */
public sealed interface Truth {

  /**
   * Every object in an image.
   *
   * @param annotations in the order of the data set
   */
  record Objects(List<Annotation> annotations) implements Truth {
    public Objects {
      annotations = List.copyOf(annotations);
    }
  }

  /** The data set has no truth for this example: it can be timed, not scored. */
  record Unknown() implements Truth {}
}
