package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Places;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cells of a stride: one for every stride × stride pixels of the input; a part of one is one.
 *
 * @param columns cells in a row
 * @param rows rows of cells
 * @param stride in px
 */
public record Grid(int columns, int rows, int stride) {

  /** Returns the grid of a stride. */
  public static Grid of(Head head, int stride) {
    return new Grid(
        (head.inputWidthPx() + stride - 1) / stride,
        (head.inputHeightPx() + stride - 1) / stride,
        stride);
  }

  /** Returns the grid of one of the strides that has so many cells. */
  public static Optional<Grid> ofCells(Head head, long cells, int... strides) {
    return Arrays.stream(strides)
        .mapToObj(stride -> of(head, stride))
        .filter(grid -> grid.cells() == cells)
        .findFirst();
  }

  /** Returns the number of cells. */
  public int cells() {
    return columns * rows;
  }

  /** Appends the cells to others. */
  public void addTo(Places places, Places.Centre centre, float... anchors) {
    places.addGrid(columns, rows, stride, stride, centre, anchors);
  }

  /** Returns the cells of some strides, one after the other. */
  public static Places places(Head head, Places.Centre centre, int... strides) {
    Places places = new Places();
    for (int stride : strides) {
      of(head, stride).addTo(places, centre);
    }
    return places;
  }

  /** Returns such as {@code 8, 16 and 32}. */
  public static String text(int... strides) {
    String all = Arrays.stream(strides).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " and" + all.substring(last + 1);
  }
}
