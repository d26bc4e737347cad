package io.stagemark.dataset.coco;

import io.stagemark.dataset.FoundProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The categories and annotations of a COCO file: the one place that knows what they may be, for
 * data sets that are run on and for {@code score}.
 */
final class CocoObjects {
  private final CocoContent content;
  private final FoundProblems problems;
  private final Predicate<Long> knownImage;
  private final Map<Integer, String> categories = new TreeMap<>();
  private final Map<Long, List<CocoObject>> byImage = new HashMap<>();
  private final Set<Long> ids = new HashSet<>();
  private final Set<String> withoutArea = new HashSet<>();

  /**
   * @param knownImage whether the file lists an image of that id
   */
  CocoObjects(FoundProblems problems, Predicate<Long> knownImage) {
    this(problems, knownImage, CocoContent.BOXES);
  }

  /**
   * @param content what of each object is read
   */
  CocoObjects(FoundProblems problems, Predicate<Long> knownImage, CocoContent content) {
    this.content = content;
    this.problems = problems;
    this.knownImage = knownImage;
  }

  /** Takes an element of the list {@code categories}. */
  void category(CocoFile.Element each) {
    CocoElement element = new CocoElement(each, problems);
    Optional<Integer> id = element.whole32("id");
    Optional<String> name = element.has("name") ? element.text("name", "person") : Optional.empty();
    if (id.isPresent() && categories.putIfAbsent(id.get(), name.orElse("")) != null) {
      refuseTwice(element.where("id"), id.get());
    }
  }

  /** Takes an element of the list {@code annotations}; the categories come before. */
  void annotation(CocoFile.Element each) {
    CocoElement element = new CocoElement(each, problems);
    if (element.has("id")) {
      element
          .whole("id")
          .filter(id -> !ids.add(id))
          .ifPresent(id -> refuseTwice(element.where("id"), id));
    }
    Optional<Long> image = element.whole("image_id").filter(id -> known(element, id));
    Optional<Integer> category = element.whole32("category_id").filter(id -> known(element, id));
    Optional<List<Double>> box = element.box();
    Optional<Double> area = element.area(box.map(it -> it.get(2) * it.get(3)).orElse(0.0));
    Optional<Boolean> crowd = element.crowd();
    if (image.isEmpty()
        || category.isEmpty()
        || box.isEmpty()
        || area.isEmpty()
        || crowd.isEmpty()) {
      return;
    }
    Optional<CocoSegmentation> segmentation =
        content.hasMasks() && reads(element, CocoElement.SEGMENTATION)
            ? element.segmentation()
            : Optional.empty();
    Optional<List<Double>> keyPoints =
        content.hasKeyPoints() && reads(element, CocoElement.KEY_POINTS)
            ? element.keyPoints()
            : Optional.empty();
    List<Double> edges = box.get();
    CocoObject object =
        new CocoObject(
            image.get(),
            category.get(),
            each.where(),
            edges.get(0),
            edges.get(1),
            edges.get(2),
            edges.get(3),
            area.get(),
            crowd.get(),
            segmentation,
            keyPoints.orElse(List.of()));
    byImage.computeIfAbsent(image.get(), id -> new ArrayList<>()).add(object);
    if (!element.has("area")) {
      withoutArea.add(object.where());
    }
  }

  /** An object without outlines or points has an empty list, or not the key. */
  private boolean reads(CocoElement element, String key) {
    return content.isRequired() || element.hasSome(key);
  }

  private boolean known(CocoElement element, long image) {
    if (!knownImage.test(image)) {
      refuseUnknown(element, "image_id", image, "images");
      return false;
    }
    return true;
  }

  private boolean known(CocoElement element, int category) {
    if (!categories.containsKey(category)) {
      refuseUnknown(element, "category_id", category, "categories");
      return false;
    }
    return true;
  }

  private void refuseUnknown(CocoElement element, String key, long id, String list) {
    problems.add(
        element.where(key),
        String.valueOf(id),
        "the id of one of the " + list,
        "add it to " + list + ", or mend the number");
  }

  void refuseTwice(String where, Object value) {
    problems.add(where, value + " a second time", "each once", "give one of the two another");
  }

  /** Returns the objects of an image, in the order of the file. */
  List<CocoObject> of(long image) {
    return byImage.getOrDefault(image, List.of());
  }

  /** Returns a category's name; empty text if the file has none for it. */
  String categoryName(int id) {
    return categories.getOrDefault(id, "");
  }

  /**
   * Returns what is to be said about the areas of these objects; empty if every one has its own.
   */
  Optional<String> areaNote(List<CocoObject> objects) {
    long missing = objects.stream().filter(it -> withoutArea.contains(it.where())).count();
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            ("%d of %d annotations have no area: width × height of the box is used (area sorts"
                    + " small, medium and large)")
                .formatted(missing, objects.size()));
  }
}
