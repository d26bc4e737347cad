package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * Maps over the image: segmentation {@code [N, K, h, w]} with h at least H/8, one channel for two
 * classes; text {@code [N, 1, H, W]} as DB writes it.
 *
 * <p>A map of text and a map of anything else have one shape. DB's head ends in two transposed
 * convolutions and a sigmoid, and that decides. Torchvision's auxiliary second output is the same
 * map from an earlier layer. A map of labels, after ArgMax inside, has no scores.
 *
 * <p>Source: Liao et al., 2019, <a href="https://arxiv.org/abs/1911.08947">arXiv:1911.08947</a>.
 */
final class PixelMap implements HeadFamily {
  private static final int COARSEST = 8;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().isEmpty() || model.outputs().size() > 2) {
      return List.of();
    }
    ImageInput image = model.image().get();
    OutputSignature map = model.output(0);
    if (model.outputs().size() == 2 && !model.output(1).shape().equals(map.shape())) {
      return List.of();
    }
    if (isLabels(map, image)) {
      return List.of(
          segmentation("segmentation-labels", Grade.DERIVED, map, "labels, no scores")
              .trap("the class with the most is chosen inside: losses need the scores"));
    }
    boolean fits = map.rank() == 4 && map.isFloat() && isFine(map, image);
    if (!fits) {
      return List.of();
    }
    return map.extent(1) == 1 ? binary(map, image) : classes(map, image);
  }

  private static boolean isLabels(OutputSignature map, ImageInput image) {
    boolean whole = map.type().contains("int");
    return whole
        && (map.rank() == 3 || map.rank() == 4)
        && map.extent(-2) >= image.heightPx() / COARSEST
        && map.extent(-1) >= image.widthPx() / COARSEST;
  }

  private static boolean isFine(OutputSignature map, ImageInput image) {
    long height = map.extent(2);
    long width = map.extent(3);
    return height >= 2
        && height * COARSEST >= image.heightPx()
        && height <= image.heightPx()
        && height * image.widthPx() == width * image.heightPx();
  }

  private static List<Head> classes(OutputSignature map, ImageInput image) {
    boolean softmax = map.endsIn("Softmax", "LogSoftmax", "Sigmoid");
    boolean imageLike = map.extent(1) <= 4 && map.extent(2) == image.heightPx() && !softmax;
    return List.of(
        segmentation(
                "segmentation",
                imageLike ? Grade.ASSUMED : Grade.DERIVED,
                map,
                "%d classes a pixel".formatted(map.extent(1)))
            .classes(map.extent(1))
            .decoder("classification")
            .trap(
                imageLike
                    ? "an image as output (denoising, a style) has this shape too"
                    : map.extent(2) < image.heightPx()
                        ? "the map is smaller than the input: enlarging it belongs to postprocess"
                        : ""));
  }

  private static List<Head> binary(OutputSignature map, ImageInput image) {
    boolean sigmoid = map.endsIn("Sigmoid");
    boolean whole = map.extent(2) == image.heightPx();
    boolean transposed = map.tail().contains("ConvTranspose");
    boolean text = sigmoid && whole && transposed;
    Head segmentation =
        segmentation(
                "segmentation-binary",
                sigmoid && !text ? Grade.DERIVED : Grade.ASSUMED,
                map,
                sigmoid ? "one channel after a sigmoid" : "one channel; depth has this shape too")
            .classes(1)
            .decoder("binary")
            .trap(sigmoid ? "a map of text has this shape too: --head text-map" : "");
    if (!sigmoid || !whole) {
      return List.of(segmentation);
    }
    String why = transposed ? "transposed convolution, sigmoid: DB's head" : "after a sigmoid";
    return List.of(
        segmentation,
        Head.detection(
                "text-map",
                "text probability map (DB)",
                text ? Grade.DERIVED : Grade.ASSUMED,
                map.shapeText() + ": " + why)
            .classes(1)
            .decoder("text-map")
            .trap("any other map has this shape too: --head segmentation-binary"));
  }

  private static Head segmentation(String family, Grade grade, OutputSignature map, String source) {
    return Head.of(
        family, "segmentation", Head.SEGMENTATION, grade, map.shapeText() + ": " + source);
  }
}
