package io.stagemark.dataset.coco;

import io.stagemark.data.BadInputException;
import io.stagemark.dataset.FoundProblems;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects of a COCO annotation file by image, whether or not the images are there. */
public final class CocoTruths {
  private final Set<Long> images;
  private final CocoObjects objects;

  private CocoTruths(Set<Long> images, CocoObjects objects) {
    this.images = images;
    this.objects = objects;
  }

  /**
   * Reads and checks a file.
   *
   * @throws BadInputException with the first 20 problems and the number of the others
   */
  public static CocoTruths read(Path file) throws BadInputException {
    FoundProblems problems = new FoundProblems();
    Map<String, List<CocoFile.Element>> lists = CocoFile.read(file, problems);
    problems.throwIfAny(file.toString());
    Set<Long> images = new LinkedHashSet<>();
    CocoObjects objects = new CocoObjects(problems, images::contains);
    for (CocoFile.Element each : lists.getOrDefault("images", List.of())) {
      CocoElement element = new CocoElement(each, problems);
      element
          .whole("id")
          .filter(id -> !images.add(id))
          .ifPresent(id -> objects.refuseTwice(element.where("id"), id));
    }
    lists.getOrDefault("categories", List.of()).forEach(objects::category);
    lists.getOrDefault("annotations", List.of()).forEach(objects::annotation);
    problems.throwIfAny(file.toString());
    return new CocoTruths(images, objects);
  }

  /** Returns the ids of all images, in the order of the file. */
  public Set<Long> images() {
    return Collections.unmodifiableSet(images);
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
    List<CocoObject> all = images.stream().flatMap(image -> of(image).stream()).toList();
    return objects.areaNote(all).stream().toList();
  }
}
