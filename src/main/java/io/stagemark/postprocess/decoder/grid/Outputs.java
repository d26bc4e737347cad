package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.LayoutException;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outputs of a head that has several for each grid, taken by their shapes in the order in which
 * they come: rows {@code [N, candidates, width]}, the same without a batch axis, or maps {@code [N,
 * width, h, w]}.
 */
final class Outputs {
  private final Head head;
  private final List<Integer> left = new ArrayList<>();

  Outputs(Head head) {
    this.head = head;
    for (int i = 0; i < head.outputs().size(); i++) {
      if (head.isFloat(i, 2) || head.isFloat(i, 3) || head.isFloat(i, 4)) {
        left.add(i);
      }
    }
  }

  /** Takes the next output of so many candidates with so many numbers each. */
  Optional<Numbers> take(Grid grid, int candidatesOfACell, int width) {
    int candidates = grid.cells() * candidatesOfACell;
    for (int i : left) {
      Optional<Numbers> found = numbers(i, grid, candidatesOfACell, candidates, width);
      if (found.isPresent()) {
        left.remove(Integer.valueOf(i));
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * Takes the next output of key points, x and y each.
   *
   * @throws LayoutException if there is none
   */
  Numbers takePoints(Grid grid, int candidatesOfACell, int points) {
    return take(grid, candidatesOfACell, 2 * points)
        .orElseThrow(
            () ->
                Parameters.noKeyPoints(
                    head,
                    "for each stride an output [N, %s, %d]"
                        .formatted(
                            candidatesOfACell == 1 ? "cells" : candidatesOfACell + " x cells",
                            2 * points)));
  }

  private Optional<Numbers> numbers(
      int output, Grid grid, int candidatesOfACell, int candidates, int width) {
    List<Long> shape = head.outputs().get(output).shape();
    boolean rows =
        shape.size() < 4
            && shape.get(shape.size() - 2) == candidates
            && shape.get(shape.size() - 1) == width;
    if (rows) {
      Numbers batched = Numbers.ofRows(output, candidates, width, 0);
      return Optional.of(shape.size() == 3 ? batched : batched.withoutBatch());
    }
    boolean map =
        shape.size() == 4
            && candidatesOfACell == 1
            && shape
                .subList(1, 4)
                .equals(List.of((long) width, (long) grid.rows(), (long) grid.columns()));
    return map ? Optional.of(Numbers.ofColumns(output, width, candidates, 0)) : Optional.empty();
  }
}
