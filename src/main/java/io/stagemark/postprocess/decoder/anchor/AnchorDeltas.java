package io.stagemark.postprocess.decoder.anchor;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.decoded.ScoredBoxes;
import io.stagemark.postprocess.decoder.dense.Deltas;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places;
import io.stagemark.postprocess.decoder.dense.Places.Centre;
import io.stagemark.postprocess.decoder.grid.Grid;
import java.util.Arrays;
import java.util.List;

/**
 * Scores and differences to anchors, joined over all strides, cell by cell, the anchors of a cell
 * after each other: SSD, RetinaNet, EfficientDet. They differ in how the anchors are made, which a
 * card may list, in px: {@code anchors}, with {@code anchorsPerCell} for each stride.
 */
public abstract class AnchorDeltas implements Decoder {
  private static final String PER_CELL = "anchorsPerCell";
  private static final String VARIANCES = "variances";
  private static final String EDGES = "edges";
  private static final String LAST_PIXEL = "last-pixel";
  private static final int MAX_PER_CELL = 100;

  private final String name;
  private final String description;
  private final boolean yFirst;
  private final List<DecoderParameter> parameters;

  private AnchorDeltas(
      String name, String description, boolean yFirst, DecoderParameter... parameters) {
    this.name = name;
    this.description = description;
    this.yFirst = yFirst;
    this.parameters = List.of(parameters);
  }

  /** SSD before its boxes: the card lists the anchors ("priors"); variances 0.1 and 0.2. */
  public static final class Ssd extends AnchorDeltas {
    public Ssd() {
      super(
          "ssd-priors",
          "SSD, UltraFace and RetinaFace before their boxes: the card lists the priors",
          false,
          Parameters.anchors(),
          perCell(),
          Parameters.strides(8, 16, 32, 64, 100, 300),
          Parameters.centre(Centre.CELL),
          variances(0.1, 0.2),
          edges(),
          ScoredBoxes.background("first", "last", "none"),
          ScoredBoxes.scores("probabilities", "softmax", "logits"));
    }

    @Override
    float[] sizes(int stride) {
      return new float[0];
    }
  }

  /**
   * RetinaNet: three sizes of three shapes for each stride.
   *
   * <p>Source: Lin et al., 2017, <a href="https://arxiv.org/abs/1708.02002">arXiv:1708.02002</a>;
   * by torchvision's rule: sides rounded to even px, height / width outside the scales, cells
   * centred at their corners.
   */
  public static final class RetinaNet extends AnchorDeltas {
    private static final double[] RATIOS = {0.5, 1, 2};

    public RetinaNet() {
      super(
          "retinanet",
          "RetinaNet before its boxes: nine anchors a cell at five strides",
          false,
          Parameters.anchors(),
          perCell(),
          Parameters.strides(8, 16, 32, 64, 128),
          Parameters.centre(Centre.CORNER),
          variances(1, 1),
          edges(),
          ScoredBoxes.background("none", "first", "last"),
          ScoredBoxes.scores("logits", "probabilities", "softmax"));
    }

    @Override
    float[] sizes(int stride) {
      float[] sizes = new float[18];
      int at = 0;
      for (double ratio : RATIOS) {
        for (int scale = 0; scale < 3; scale++) {
          // torchvision truncates 32 · 2^(scale / 3) of each level to whole px
          double side = (int) (4 * stride * Math.pow(2, scale / 3.0));
          sizes[at++] = (float) (2 * Math.rint(side / Math.sqrt(ratio) / 2));
          sizes[at++] = (float) (2 * Math.rint(side * Math.sqrt(ratio) / 2));
        }
      }
      return sizes;
    }
  }

  /**
   * EfficientDet: three sizes of three shapes for each stride; differences are y, x, height, width.
   *
   * <p>Source: Tan et al., 2019, <a href="https://arxiv.org/abs/1911.09070">arXiv:1911.09070</a>;
   * google/automl and zylo117/Yet-Another-EfficientDet-Pytorch, whose export has the sigmoid
   * inside.
   */
  public static final class EfficientDet extends AnchorDeltas {
    private static final double[][] SHAPES = {{1, 1}, {1.4, 0.7}, {0.7, 1.4}};

    public EfficientDet() {
      super(
          "efficientdet",
          "EfficientDet before its boxes: nine anchors a cell at five strides",
          true,
          Parameters.anchors(),
          perCell(),
          Parameters.strides(8, 16, 32, 64, 128),
          Parameters.centre(Centre.CELL),
          variances(1, 1),
          edges(),
          ScoredBoxes.background("none", "first", "last"),
          ScoredBoxes.scores("probabilities", "logits", "softmax"));
    }

    @Override
    float[] sizes(int stride) {
      float[] sizes = new float[18];
      int at = 0;
      for (int scale = 0; scale < 3; scale++) {
        for (double[] shape : SHAPES) {
          double side = 4 * stride * Math.pow(2, scale / 3.0);
          sizes[at++] = (float) (side * shape[0]);
          sizes[at++] = (float) (side * shape[1]);
        }
      }
      return sizes;
    }
  }

  private static DecoderParameter perCell() {
    return DecoderParameter.numbers(PER_CELL, 1, MAX_PER_CELL);
  }

  private static DecoderParameter variances(double centre, double size) {
    return DecoderParameter.numbers(VARIANCES, 0, 10, centre, size);
  }

  /** Detectron's first version and what follows it (maskrcnn-benchmark) have the last pixel. */
  private static DecoderParameter edges() {
    return DecoderParameter.word(EDGES, "border", LAST_PIXEL);
  }

  /** Returns width, height, … of a stride's anchors by the family's rule; none: there is none. */
  abstract float[] sizes(int stride);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final String layout() {
    return "scores [N, anchors of all strides, classes] and differences [N, anchors, 4], in any"
        + " order";
  }

  @Override
  public final List<DecoderParameter> parameters() {
    return parameters;
  }

  @Override
  public final BoxDecoder create(Head head) {
    ScoredBoxes outputs = ScoredBoxes.of(head, false);
    Places anchors = anchors(head);
    if (anchors.count() != outputs.candidates()) {
      throw head.refusal(
          "%d anchors at strides %s"
              .formatted(anchors.count(), Grid.text(Parameters.strides(head))),
          () ->
              "the input size that the %d anchors of the outputs are of, or decoder.parameters: {strides, anchors, anchorsPerCell} of this model"
                  .formatted(outputs.candidates()));
    }
    List<Double> variances = head.numbers(VARIANCES);
    Deltas deltas =
        new Deltas(anchors, variances.get(0), variances.get(variances.size() - 1), yFirst);
    return outputs.with(head.word(EDGES).equals(LAST_PIXEL) ? deltas.toLastPixel() : deltas);
  }

  private Places anchors(Head head) {
    int[] strides = Parameters.strides(head);
    float[] listed = Parameters.anchors(head);
    List<Double> counts = head.numbers(PER_CELL);
    Places anchors = new Places();
    int at = 0;
    for (int s = 0; s < strides.length; s++) {
      Grid grid = Grid.of(head, strides[s]);
      if (listed.length == 0) {
        float[] own = sizes(strides[s]);
        if (own.length > 0) {
          grid.addTo(anchors, Parameters.centre(head), own);
        }
        continue;
      }
      int each =
          counts.isEmpty()
              ? listed.length / 2 / strides.length
              : counts.get(Math.min(s, counts.size() - 1)).intValue();
      if (at + 2 * each > listed.length) {
        return anchors; // fewer than the outputs have: refused with both numbers
      }
      float[] sizes = Arrays.copyOfRange(listed, at, at + 2 * each);
      at += 2 * each;
      if (each > 0) {
        grid.addTo(anchors, Parameters.centre(head), sizes);
      }
    }
    return anchors;
  }
}
