package io.stagemark.dataset.coco;

import io.stagemark.data.BadInputException;
import io.stagemark.dataset.FoundProblems;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects of a COCO annotation file by image, whether or not the images are there. */
public final class CocoTruths {
  private final Map<Long, Size> images;
  private final CocoObjects objects;

  private CocoTruths(Map<Long, Size> images, CocoObjects objects) {
    this.images = images;
    this.objects = objects;
  }

  /**
   * Reads and checks a file.
   *
   * @throws BadInputException with the first 20 problems and the number of the others
   */
  public static CocoTruths read(Path file) throws BadInputException {
    return read(file, CocoContent.BOXES);
  }

  /** As {@link #read(Path)}, with what of every object is asked for. */
  public static CocoTruths read(Path file, CocoContent content) throws BadInputException {
    FoundProblems problems = new FoundProblems();
    Map<String, List<CocoFile.Element>> lists = CocoFile.read(file, content, problems);
    problems.throwIfAny(file.toString());
    Map<Long, Size> images = new LinkedHashMap<>();
    CocoObjects objects = new CocoObjects(problems, images::containsKey, content);
    for (CocoFile.Element each : lists.getOrDefault("images", List.of())) {
      CocoElement element = new CocoElement(each, problems);
      element
          .whole("id")
          .filter(id -> images.put(id, size(element, content)) != null)
          .ifPresent(id -> objects.refuseTwice(element.where("id"), id));
    }
    lists.getOrDefault("categories", List.of()).forEach(objects::category);
    lists.getOrDefault("annotations", List.of()).forEach(objects::annotation);
    problems.throwIfAny(file.toString());
    return new CocoTruths(images, objects);
  }

  private static Size size(CocoElement element, CocoContent content) {
    return content == CocoContent.MASKS ? Size.of(element) : Size.UNKNOWN;
  }

  /** Returns the ids of all images, in the order of the file. */
  public Set<Long> images() {
    return Collections.unmodifiableSet(images.keySet());
  }

  /** Returns the size of an image; {@link Size#UNKNOWN} unless masks were read. */
  public Size size(long image) {
    return images.getOrDefault(image, Size.UNKNOWN);
  }

  /**
   * The size of an image as the file has it.
   *
   * @param heightPx in pixels
   * @param widthPx in pixels
   */
  public record Size(int heightPx, int widthPx) {
    /** The size of an image that was not asked for. */
    public static final Size UNKNOWN = new Size(0, 0);

    static Size of(CocoElement element) {
      int height = element.side("height").orElse(0);
      return new Size(height, element.side("width").orElse(0));
    }
  }

  /** Returns the objects of an image, in the order of the file. */
  public List<CocoObject> of(long image) {
    return objects.of(image);
  }

  /** Returns a category's name; empty text if the file does not know it. */
  public String categoryName(int id) {
    return objects.categoryName(id);
  }

  /** Returns what was assumed where the file says nothing; empty if nothing was. */
  public List<String> notes() {
    List<CocoObject> all = images.keySet().stream().flatMap(image -> of(image).stream()).toList();
    return objects.areaNote(all).stream().toList();
  }
}
