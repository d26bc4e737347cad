package io.stagemark.postprocess.decoder.selected;

import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which outputs are boxes, scores, classes and their number: by their shapes and types, and where
 * these leave a choice, by their names and their order.
 *
 * @param boxes index of the output
 * @param scores likewise
 * @param classes likewise
 * @param count likewise; −1 where there is none
 */
record SelectedOutputs(int boxes, int scores, int classes, int count) {

  /**
   * @param expected for the refusal
   * @throws IllegalArgumentException if there are no such outputs
   */
  static SelectedOutputs of(Head head, String expected) {
    List<TensorSpec> outputs = head.outputs();
    int batched = first(outputs, each -> isBoxes(each, 3));
    int boxes = batched >= 0 ? batched : first(outputs, each -> isBoxes(each, 2));
    if (boxes < 0) {
      throw mismatch(head, expected);
    }
    List<Long> rows = outputs.get(boxes).shape().subList(0, outputs.get(boxes).shape().size() - 1);
    int count = first(outputs, each -> isCount(each, rows));
    List<Integer> columns =
        IntStream.range(0, outputs.size())
            .filter(i -> i != count && isColumn(outputs.get(i), rows))
            .boxed()
            .toList();
    int classes =
        columns.stream()
            .filter(
                i ->
                    !outputs.get(i).type().isFloating()
                        || named(outputs.get(i), "class", "label", "cls"))
            .findFirst()
            .orElse(columns.size() == 2 ? columns.get(1) : -1);
    int scores =
        columns.stream()
            .filter(i -> i != classes && outputs.get(i).type().isFloating())
            .findFirst()
            .orElse(-1);
    if (classes < 0 || scores < 0) {
      throw mismatch(head, expected);
    }
    return new SelectedOutputs(boxes, scores, classes, count);
  }

  private static IllegalArgumentException mismatch(Head head, String expected) {
    return head.mismatch(
        expected,
        Port.ofExtent("boxes", 3, 2, 4),
        Port.ofExtent("scores", 2, 0, 1),
        Port.ofExtent("classes", 2, 0, 1));
  }

  private static int first(List<TensorSpec> outputs, Predicate<TensorSpec> fits) {
    return IntStream.range(0, outputs.size())
        .filter(i -> fits.test(outputs.get(i)))
        .findFirst()
        .orElse(-1);
  }

  private static boolean isBoxes(TensorSpec output, int rank) {
    return output.type().isFloating() && output.shape().size() == rank && last(output) == 4;
  }

  private static long last(TensorSpec output) {
    return output.shape().get(output.shape().size() - 1);
  }

  private static boolean named(TensorSpec output, String... words) {
    String name = output.name().toLowerCase(Locale.ROOT);
    return Stream.of(words).anyMatch(name::contains);
  }

  /** The number of detections: one for an image, where an image has several or the name says so. */
  private static boolean isCount(TensorSpec output, List<Long> rows) {
    List<Long> shape = output.shape();
    boolean one = shape.size() == 1 ? rows.size() == 2 : shape.size() == 2 && shape.get(1) == 1;
    return one && (named(output, "num", "count") || !isColumn(output, rows));
  }

  private static boolean isColumn(TensorSpec output, List<Long> rows) {
    if (output.shape().size() != rows.size()) {
      return false;
    }
    for (int axis = 0; axis < rows.size(); axis++) {
      long extent = output.shape().get(axis);
      boolean known = extent >= 0 && rows.get(axis) >= 0;
      if (known && extent != rows.get(axis)) {
        return false;
      }
    }
    return true;
  }
}
