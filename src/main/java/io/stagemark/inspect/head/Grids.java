package io.stagemark.inspect.head;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Cells of the grids that detectors predict on: one for every stride × stride pixels. */
final class Grids {
  private static final List<int[]> STRIDES =
      List.of(
          new int[] {8, 16, 32},
          new int[] {8, 16, 32, 64},
          new int[] {4, 8, 16, 32},
          new int[] {16, 32},
          new int[] {8, 16});

  private final int[] strides;
  private final ImageInput image;

  private Grids(ImageInput image, int... strides) {
    this.image = image;
    this.strides = strides;
  }

  /** Returns the grids that have so many cells together, a cell counted {@code times}. */
  static Optional<Grids> of(ImageInput image, long candidates, int times) {
    return STRIDES.stream()
        .map(strides -> new Grids(image, strides))
        .filter(grids -> grids.cells() * times == candidates)
        .findFirst();
  }

  /** Returns the cells of one stride; a part of a cell is a cell. */
  static long cells(ImageInput image, int stride) {
    return (long) side(image.heightPx(), stride) * side(image.widthPx(), stride);
  }

  private static int side(int px, int stride) {
    return (px + stride - 1) / stride;
  }

  private long cells() {
    return Arrays.stream(strides).mapToLong(stride -> cells(image, stride)).sum();
  }

  /** Returns such as {@code 80²+40²+20²}, or {@code 80×48+40×24+20×12}. */
  String text() {
    return Arrays.stream(strides)
        .mapToObj(
            stride -> {
              int rows = side(image.heightPx(), stride);
              int columns = side(image.widthPx(), stride);
              return rows == columns ? rows + "²" : rows + "×" + columns;
            })
        .collect(Collectors.joining("+"));
  }

  int count() {
    return strides.length;
  }
}
