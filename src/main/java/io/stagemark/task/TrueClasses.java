package io.stagemark.task;

import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;

/** Truth in the form that a classifier is scored with; what does not fit names the example. */
final class TrueClasses {
  private final int classes;

  TrueClasses(int classes) {
    this.classes = classes;
  }

  /** Returns the one right class. */
  int one(String exampleId, Truth truth) throws TaskException {
    if (truth instanceof Truth.Label label && label.classIds().size() == 1) {
      return label.classIds().get(0);
    }
    if (truth instanceof Truth.Target target) {
      Tensor values = target.values();
      double value = values.spec().elements() == 1 ? values.number(0) : -1;
      if (value == Math.rint(value) && value >= 0 && value < classes) {
        return (int) value;
      }
    }
    throw unfit(exampleId, truth, "one class of " + classes);
  }

  /** Returns a number in [0, 1] for each class. */
  double[] each(String exampleId, Truth truth) throws TaskException {
    double[] targets = new double[classes];
    if (truth instanceof Truth.Label label) {
      label.classIds().forEach(id -> targets[id] = 1);
      return targets;
    }
    Tensor values = truth instanceof Truth.Target target ? target.values() : null;
    if (values == null || values.spec().elements() != classes) {
      throw unfit(exampleId, truth, "a number in [0, 1] for each of " + classes + " classes");
    }
    for (int c = 0; c < classes; c++) {
      targets[c] = values.number(c);
      if (!(targets[c] >= 0 && targets[c] <= 1)) {
        throw unfit(exampleId, truth, "numbers in [0, 1], got " + targets[c]);
      }
    }
    return targets;
  }

  private static TaskException unfit(String exampleId, Truth truth, String expected) {
    Object found = truth;
    if (truth instanceof Truth.Target target) {
      found = target.values() + " of " + target.file();
    }
    return new TaskException(
        "example %s: the truth is %s, this model needs %s".formatted(exampleId, found, expected));
  }
}
