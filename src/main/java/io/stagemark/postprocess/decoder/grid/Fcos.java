package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Distances;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * FCOS: for each stride class scores, distances to the four sides and centreness. The score is the
 * root of class times centreness, or their product ({@code product: 1}, as MMDetection has it).
 *
 * <p>Source: Tian et al., 2019, <a href="https://arxiv.org/abs/1904.01355">arXiv:1904.01355</a>.
 * Networks that divide by the stride in training multiply by it again outside of it, so {@code
 * unit} is pixels; torchvision's raw head has strides and cells centred at their corners.
 */
public final class Fcos implements Decoder {
  private static final String UNIT = "unit";
  private static final String PRODUCT = "product";

  @Override
  public String name() {
    return "fcos";
  }

  @Override
  public String description() {
    return "FCOS: class scores, distances and centreness of each cell of five grids";
  }

  @Override
  public String layout() {
    return "for each stride scores [N, classes, h, w], distances [N, 4, h, w] and centreness"
        + " [N, 1, h, w], or as rows [N, cells, …]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        Parameters.strides(8, 16, 32, 64, 128),
        Parameters.centre(Places.Centre.CELL),
        DecoderParameter.word(UNIT, "pixels", "cells"),
        new DecoderParameter(PRODUCT, 0, 1, 0),
        Parameters.logits());
  }

  @Override
  public BoxDecoder create(Head head) {
    int[] strides = Parameters.strides(head);
    boolean pixels = head.word(UNIT).equals("pixels");
    Outputs outputs = new Outputs(head);
    Places cells = new Places();
    List<Level> levels = new ArrayList<>();
    for (int stride : strides) {
      Grid grid = Grid.of(head, stride);
      Optional<Numbers> scores = outputs.take(grid, 1, head.classes());
      Optional<Numbers> distances = outputs.take(grid, 1, 4);
      Optional<Numbers> centreness = outputs.take(grid, 1, 1);
      if (scores.isEmpty() || distances.isEmpty() || centreness.isEmpty()) {
        throw head.mismatchOfGrids(
            "for each of the strides %s scores [N, %d, h, w], distances [N, 4, h, w] and centreness [N, 1, h, w]"
                .formatted(Grid.text(strides), head.classes()),
            Port.ofClasses("scores", 4, 1, 0),
            Port.ofExtent("distances", 4, 1, 4),
            Port.ofExtent("centreness", 4, 1, 1));
      }
      float unit = pixels ? 1 : stride;
      grid.addTo(cells, Parameters.centre(head), unit, unit);
      levels.add(new Level(grid.cells(), scores.get(), centreness, distances.get()));
    }
    Scoring product = Scoring.of(Parameters.sigmoid(head), head.classes());
    return new DenseDecoder(
        head.classes(),
        levels,
        head.parameter(PRODUCT) == 1 ? product : product.root(),
        new Distances(cells, 1));
  }
}
