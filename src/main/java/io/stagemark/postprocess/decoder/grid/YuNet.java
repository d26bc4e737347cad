package io.stagemark.postprocess.decoder.grid;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.Port;
import io.stagemark.postprocess.decoder.dense.AnchorPoints;
import io.stagemark.postprocess.decoder.dense.Deltas;
import io.stagemark.postprocess.decoder.dense.DenseDecoder;
import io.stagemark.postprocess.decoder.dense.Level;
import io.stagemark.postprocess.decoder.dense.Numbers;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * YuNet of 2023: for each stride a class score, an objectness, a box as differences to the cell's
 * corner in strides (sides as logarithms) and five key points as differences likewise, which are
 * read where the card says {@code keyPoints}. The score is the root of class times objectness.
 *
 * <p>Those of 2022 and before: {@code yunet-2022}.
 *
 * <p>Source: Wu et al., YuNet: A Tiny Millisecond-level Face Detector, 2023; OpenCV's {@code
 * FaceDetectorYN}.
 */
public final class YuNet implements Decoder {
  @Override
  public String name() {
    return "yunet";
  }

  @Override
  public String description() {
    return "YuNet: class, objectness and box of each cell of three grids, one class";
  }

  @Override
  public String layout() {
    return "for each stride class [N, cells, 1], then objectness [N, cells, 1], and box"
        + " [N, cells, 4], key points [N, cells, 2 x keyPoints] in any order among them";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(Parameters.strides(8, 16, 32), Parameters.keyPoints());
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
    int[] strides = Parameters.strides(head);
    Outputs outputs = new Outputs(head);
    List<Level> levels = new ArrayList<>();
    int points = Parameters.keyPoints(head);
    Places cells = Grid.places(head, Places.Centre.CORNER, strides);
    AnchorPoints keyPoints = new AnchorPoints(cells, 1, points);
    for (int stride : strides) {
      Grid grid = Grid.of(head, stride);
      Optional<Numbers> classes = outputs.take(grid, 1, 1);
      Optional<Numbers> objectness = outputs.take(grid, 1, 1);
      Optional<Numbers> boxes = outputs.take(grid, 1, 4);
      if (classes.isEmpty() || objectness.isEmpty() || boxes.isEmpty()) {
        throw head.mismatchOfGrids(
            "for each of the strides %s class [N, cells, 1], objectness [N, cells, 1] and box [N, cells, 4]"
                .formatted(Grid.text(strides)),
            Port.ofExtent("class", 3, 2, 1),
            Port.ofExtent("objectness", 3, 2, 1),
            Port.ofExtent("box", 3, 2, 4));
      }
      levels.add(new Level(grid.cells(), classes.get(), objectness, boxes.get()));
      if (points > 0) {
        keyPoints.add(grid.cells(), outputs.takePoints(grid, 1, points));
      }
    }
    if (head.classes() != 1) {
      throw head.notOneClass("1 class");
    }
    return new DenseDecoder(
        1,
        levels,
        Scoring.of(LastStep.NONE, 1).root(),
        new Deltas(cells, 1, 1, false),
        keyPoints.found());
  }
}
