package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.LayoutException;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Distances;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Class scores and distributions of the four distances for each cell of some strides: a pair of
 * outputs a stride, or both joined in one row for the cells of all strides.
 */
final class BinnedDistances {
  private static final int MIN_BINS = 2;

  private final Head head;
  private final int classes;
  private final int[] strides;
  private final Places cells = new Places();
  private final List<Level> levels = new ArrayList<>();
  private int bins;

  /**
   * @throws IllegalArgumentException if the outputs are not of those shapes
   */
  BinnedDistances(Head head) {
    this.head = head;
    classes = head.classes();
    strides = Parameters.strides(head);
    for (int i = 0; i < head.outputs().size(); i++) {
      if (!head.isFloat(i, 3)) {
        throw mismatch();
      }
    }
    if (head.outputs().size() == 1) {
      joined();
    } else {
      pairs();
    }
  }

  private void joined() {
    long distances = head.extent(0, 2) - classes;
    bins = (int) (distances / 4);
    if (bins < MIN_BINS || distances % 4 != 0) {
      throw mismatch();
    }
    // a model may have fewer strides than the family: those of the finer grids
    for (int stride : strides) {
      Grid.of(head, stride).addTo(cells, Parameters.centre(head));
      if (cells.count() == head.extent(0, 1)) {
        Numbers row = Numbers.ofRows(0, cells.count(), classes + 4 * bins, 0);
        levels.add(Level.of(cells.count(), row, row.from(classes)));
        return;
      }
    }
    throw head.refusal(expected(), () -> inputOf(head.extent(0, 1)));
  }

  private void pairs() {
    List<Integer> scores = new ArrayList<>();
    List<Integer> distances = new ArrayList<>();
    int pairs = head.outputs().size() / 2;
    for (int i = 0; i < head.outputs().size(); i++) {
      boolean isScores = head.extent(i, 2) == classes && scores.size() < pairs;
      (isScores ? scores : distances).add(i);
    }
    if (pairs == 0 || scores.size() != pairs || distances.size() != pairs) {
      throw mismatch();
    }
    bins = Math.toIntExact(head.extent(distances.get(0), 2) / 4);
    for (int p = 0; p < pairs; p++) {
      addLevel(scores.get(p), distances.get(p));
    }
  }

  private void addLevel(int scores, int distances) {
    long count = head.extent(scores, 1);
    if (head.extent(distances, 1) != count
        || bins < MIN_BINS
        || head.extent(distances, 2) != 4L * bins) {
      throw mismatch();
    }
    Grid grid =
        Grid.ofCells(head, count, strides)
            .orElseThrow(() -> head.refusal(expected(), () -> inputOf(count)));
    grid.addTo(cells, Parameters.centre(head));
    levels.add(
        Level.of(
            grid.cells(),
            Numbers.ofRows(scores, grid.cells(), classes, 0),
            Numbers.ofRows(distances, grid.cells(), 4 * bins, 0)));
  }

  BoxDecoder decoder() {
    return new DenseDecoder(
        classes, levels, Scoring.of(Parameters.sigmoid(head), classes), new Distances(cells, bins));
  }

  private LayoutException mismatch() {
    return head.mismatchOfGrids(
        expected(), Port.ofClasses("scores", 3, 2, 0), Port.ofExtent("distances", 3, 2, 32));
  }

  private String expected() {
    return "for each of some strides %s scores [N, cells, %d] and distances [N, cells, 4 x bins]"
        .formatted(Grid.text(strides), classes);
  }

  private String inputOf(long count) {
    String known =
        Arrays.stream(strides)
            .mapToObj(stride -> String.valueOf(Grid.of(head, stride).cells()))
            .collect(Collectors.joining(", "));
    return "the input size that this export was made for: a grid of %d cells is none of %s at %dx%d px"
        .formatted(count, known, head.inputWidthPx(), head.inputHeightPx());
  }
}
