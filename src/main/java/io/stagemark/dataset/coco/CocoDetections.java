package io.stagemark.dataset.coco;

import io.stagemark.data.BadInputException;
import io.stagemark.dataset.FoundProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The detections of a COCO results file by image, boxes as they are written there. */
public final class CocoDetections {
  /** COCO's results of masks and key points have no boxes: they are those of the content. */
  private static final Optional<List<Double>> NO_BOX = Optional.of(List.of(0.0, 0.0, 0.0, 0.0));

  private final Map<Long, List<Detection>> byImage = new HashMap<>();

  private CocoDetections() {}

  /**
   * One detection.
   *
   * @param left in pixels
   * @param top in pixels
   * @param width in pixels, at least 0
   * @param height in pixels, at least 0
   * @param category id of its category
   * @param score finite
   * @param segmentation its pixels; empty unless they were asked for
   * @param keyPoints x, y and visibility of each; empty unless they were asked for
   */
  public record Detection(
      double left,
      double top,
      double width,
      double height,
      int category,
      double score,
      Optional<CocoSegmentation> segmentation,
      List<Double> keyPoints) {
    public Detection {
      keyPoints = List.copyOf(keyPoints);
    }
  }

  /**
   * Reads and checks a file.
   *
   * @param images ids that a detection may be of
   * @throws BadInputException with the first 20 problems and the number of the others
   */
  public static CocoDetections read(Path file, Set<Long> images) throws BadInputException {
    return read(file, images, CocoContent.BOXES);
  }

  /**
   * As {@link #read(Path, Set)}, with what of every detection is asked for; masks and key points
   * need have no box.
   */
  public static CocoDetections read(Path file, Set<Long> images, CocoContent content)
      throws BadInputException {
    FoundProblems problems = new FoundProblems();
    CocoDetections found = new CocoDetections();
    for (CocoFile.Element each : CocoFile.readResults(file, content, problems)) {
      found.take(new CocoElement(each, problems), images, content, problems);
    }
    problems.throwIfAny(file.toString());
    return found;
  }

  private void take(
      CocoElement element, Set<Long> images, CocoContent content, FoundProblems problems) {
    Optional<Long> image = element.whole("image_id");
    Optional<Integer> category = element.whole32("category_id");
    Optional<CocoSegmentation> segmentation =
        content == CocoContent.MASKS ? element.segmentation() : Optional.empty();
    Optional<List<Double>> keyPoints =
        content == CocoContent.KEY_POINTS ? element.keyPoints() : Optional.empty();
    Optional<List<Double>> box = content == CocoContent.BOXES ? element.box() : NO_BOX;
    Optional<Double> score = element.number("score");
    if (image.isPresent() && !images.contains(image.get())) {
      problems.add(
          element.where("image_id"),
          String.valueOf(image.get()),
          "an image of the annotations",
          "leave it out");
    }
    if (image.isPresent() && category.isPresent() && box.isPresent() && score.isPresent()) {
      List<Double> edges = box.get();
      byImage
          .computeIfAbsent(image.get(), id -> new ArrayList<>())
          .add(
              new Detection(
                  edges.get(0),
                  edges.get(1),
                  edges.get(2),
                  edges.get(3),
                  category.get(),
                  score.get(),
                  segmentation,
                  keyPoints.orElse(List.of())));
    }
  }

  /** Returns the detections of an image, in the order of the file. */
  public List<Detection> of(long image) {
    return byImage.getOrDefault(image, List.of());
  }
}
