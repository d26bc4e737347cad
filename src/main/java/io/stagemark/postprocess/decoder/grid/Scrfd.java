package io.stagemark.postprocess.decoder.grid;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.AnchorPoints;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SCRFD: for each stride, for some anchors a cell, a score and the distances to the four sides in
 * strides, and in most exports five key points as differences to the cell in strides, which are
 * read where the card says {@code keyPoints}. With or without a batch axis.
 *
 * <p>Source: Guo et al., 2021, <a href="https://arxiv.org/abs/2105.04714">arXiv:2105.04714</a>;
 * InsightFace's exports have the sigmoid inside.
 */
public final class Scrfd implements Decoder {
  private static final String ANCHORS = "anchorsPerCell";
  private static final int MAX_ANCHORS = 16;

  @Override
  public String name() {
    return "scrfd";
  }

  @Override
  public String description() {
    return "SCRFD: scores and distances of two anchors a cell, one class";
  }

  @Override
  public String layout() {
    return "for each stride scores [N, 2 x cells, 1], distances [N, 2 x cells, 4] and, with"
        + " keyPoints, points [N, 2 x cells, 2 x keyPoints], with or without N, in any order";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        new DecoderParameter(ANCHORS, 1, MAX_ANCHORS, 2),
        Parameters.strides(8, 16, 32),
        Parameters.centre(Places.Centre.CORNER),
        Parameters.probabilities(),
        Parameters.keyPoints());
  }

  @Override
  public Set<ObjectPart> parts(Map<String, String> parameters) {
    return Parameters.parts(parameters);
  }

  @Override
  public boolean hasMultiLabel() {
    return false;
  }

  @Override
  public BoxDecoder create(Head head) {
    int anchors = (int) head.parameter(ANCHORS);
    int points = Parameters.keyPoints(head);
    Outputs outputs = new Outputs(head);
    Places cells = new Places();
    AnchorPoints keyPoints = new AnchorPoints(cells, 1, points);
    List<Level> levels = new ArrayList<>();
    for (int stride : Parameters.strides(head)) {
      Grid grid = Grid.of(head, stride);
      Optional<Numbers> scores = outputs.take(grid, anchors, 1);
      Optional<Numbers> distances = outputs.take(grid, anchors, 4);
      if (scores.isEmpty() || distances.isEmpty()) {
        throw head.mismatchOfGrids(
            "for each of the strides %s scores [N, %d x cells, 1] and distances [N, %d x cells, 4]"
                .formatted(Grid.text(Parameters.strides(head)), anchors, anchors),
            Port.ofExtent("scores", 3, 2, 1),
            Port.ofExtent("distances", 3, 2, 4));
      }
      float[] sizes = new float[2 * anchors]; // a distance of 1 is a stride
      Arrays.fill(sizes, stride);
      grid.addTo(cells, Parameters.centre(head), sizes);
      int count = grid.cells() * anchors;
      levels.add(Level.of(count, scores.get(), distances.get()));
      if (points > 0) {
        keyPoints.add(count, outputs.takePoints(grid, anchors, points));
      }
    }
    if (head.classes() != 1) {
      throw head.notOneClass("1 class");
    }
    return new DenseDecoder(
        1,
        levels,
        Scoring.of(Parameters.sigmoid(head), 1),
        new Distances(cells, 1),
        keyPoints.found());
  }
}
