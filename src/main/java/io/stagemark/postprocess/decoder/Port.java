package io.stagemark.postprocess.decoder;

import io.stagemark.data.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * An output that a decoder reads, for the diagnosis of one that it does not.
 *
 * @param what it holds, such as {@code scores}
 * @param rank its number of axes
 * @param axis whose extent is given
 * @param besides other extents than the classes on that axis, any of them; empty: {@code extent}
 *     counts
 * @param extent of that axis, where it does not depend on the classes
 */
public record Port(String what, int rank, int axis, List<Integer> besides, int extent) {

  /** Returns an output with so many numbers besides the classes on an axis. */
  public static Port ofClasses(String what, int rank, int axis, Integer... besides) {
    return new Port(what, rank, axis, List.of(besides), 0);
  }

  /** Returns an output whose extent on an axis does not depend on the classes. */
  public static Port ofExtent(String what, int rank, int axis, int extent) {
    return new Port(what, rank, axis, List.of(), extent);
  }

  /** Returns whether an extent is the one of {@code axis}. */
  private boolean takes(long found, int classes) {
    return besides.isEmpty()
        ? found == extent
        : besides.stream().anyMatch(more -> found == classes + more);
  }

  boolean fits(TensorSpec output, int classes) {
    List<Long> shape = output.shape();
    return shape.size() == rank && takes(shape.get(axis), classes);
  }

  /** Returns whether it fits with an axis after the batch in another place. */
  boolean fitsTransposed(TensorSpec output, int classes) {
    List<Long> shape = output.shape();
    return shape.size() == rank
        && !fits(output, classes)
        && shape.subList(1, rank).stream().anyMatch(found -> takes(found, classes));
  }

  /** Returns the shape with the axis where it belongs. */
  List<Long> transposed(TensorSpec output, int classes) {
    List<Long> shape = new ArrayList<>(output.shape());
    for (int from = 1; from < rank; from++) {
      if (takes(shape.get(from), classes)) {
        shape.add(axis, shape.remove(from));
        return shape;
      }
    }
    return Collections.unmodifiableList(shape);
  }

  /** Returns how many labels would make it fit; empty if none would. */
  OptionalInt labels(TensorSpec output) {
    return output.shape().size() == rank
        ? besides.stream()
            .mapToInt(more -> Math.toIntExact(output.shape().get(axis) - more))
            .filter(labels -> labels >= 1)
            .findFirst()
        : OptionalInt.empty();
  }

  /** Returns such as {@code 84 on axis 1 for 80 classes}. */
  String extents(int classes) {
    List<String> each =
        besides.isEmpty()
            ? List.of(Integer.toString(extent))
            : besides.stream().map(more -> Integer.toString(classes + more)).toList();
    return "%s on axis %d of its %d".formatted(String.join(" or ", each), axis, rank);
  }
}
