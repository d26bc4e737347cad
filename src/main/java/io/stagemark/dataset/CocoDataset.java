package io.stagemark.dataset;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.LabelMap;
import io.stagemark.data.NearestName;
import io.stagemark.data.Truth;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Images with true boxes from COCO JSON. A category is the model's class of the same name; one that
 * no annotation of the examples uses need not be known to the model (a COCO file lists all 80).
 */
final class CocoDataset {
  private record Image(long id, String fileName, Path file) {}

  private record Labelled(long categoryId, String where, Annotation annotation) {}

  private final Path folder;
  private final FoundProblems problems = new FoundProblems();
  private final Map<Long, Image> images = new LinkedHashMap<>();
  private final Map<Long, String> categories = new HashMap<>();
  private final Map<Long, List<Labelled>> objects = new HashMap<>();
  private final Set<String> fileNames = new HashSet<>();
  private final Set<Long> unreadableImages = new HashSet<>();

  private CocoDataset(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads and checks.
   *
   * @param labels the model's; empty if no model is known: then categories are not mapped
   */
  static List<Example> read(DatasetSettings settings, Optional<LabelMap> labels)
      throws BadInputException {
    Path json = settings.annotations().orElseThrow();
    CocoDataset dataset = new CocoDataset(settings.path());
    Map<String, List<CocoFile.Element>> file = CocoFile.read(json, dataset.problems);
    dataset.problems.throwIfAny(json.toString());
    file.getOrDefault("images", List.of()).forEach(dataset::image);
    file.getOrDefault("categories", List.of()).forEach(dataset::category);
    Set<Long> ids = new HashSet<>();
    file.getOrDefault("annotations", List.of()).forEach(each -> dataset.annotation(each, ids));
    if (dataset.images.isEmpty() && dataset.problems.isEmpty()) {
      dataset.problems.add(
          json + ": images", "an empty list", "at least one image", "add an image");
    }
    List<Image> used =
        dataset.images.values().stream().limit(settings.limit().orElse(Integer.MAX_VALUE)).toList();
    if (Files.isDirectory(settings.path())) {
      used.forEach(dataset::checkFile);
    } else {
      dataset.problems.add(
          settings.path().toString(),
          "no such folder",
          "the folder that the images of " + json + " lie in",
          "images: data/quickstart");
    }
    Map<Long, Integer> classes =
        labels.map(it -> dataset.classes(used, it)).orElseGet(HashMap::new);
    dataset.problems.throwIfAny(json.toString());
    return used.stream().map(image -> dataset.example(image, classes)).toList();
  }

  private void image(CocoFile.Element each) {
    CocoElement element = new CocoElement(each, problems);
    Optional<Long> id = element.whole("id");
    Optional<String> name = element.text("file_name", "coffee.jpg");
    Optional<Path> file = name.flatMap(it -> inFolder(it, element));
    if (id.isPresent() && file.isEmpty()) {
      unreadableImages.add(id.get());
    }
    if (id.isEmpty() || file.isEmpty()) {
      return;
    }
    if (!fileNames.add(name.get())) {
      refuseTwice(element.where("file_name"), name.get());
    }
    if (images.putIfAbsent(id.get(), new Image(id.get(), name.get(), file.get())) != null) {
      refuseTwice(element.where("id"), id.get());
    }
  }

  private Optional<Path> inFolder(String name, CocoElement element) {
    try {
      Path file = folder.resolve(name).normalize();
      if (file.startsWith(folder.normalize())) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // told below: it is no path of a file in the folder either
    }
    problems.add(
        element.where("file_name"),
        name,
        "the path of a file in " + folder,
        "\"file_name\": \"coffee.jpg\"");
    return Optional.empty();
  }

  private void category(CocoFile.Element each) {
    CocoElement element = new CocoElement(each, problems);
    Optional<Long> id = element.whole("id");
    Optional<String> name = element.text("name", "person");
    if (id.isEmpty() || name.isEmpty()) {
      id.ifPresent(it -> categories.putIfAbsent(it, ""));
      return;
    }
    if (categories.containsValue(name.get())) {
      refuseTwice(element.where("name"), name.get());
    }
    if (categories.putIfAbsent(id.get(), name.get()) != null) {
      refuseTwice(element.where("id"), id.get());
    }
  }

  private void annotation(CocoFile.Element each, Set<Long> ids) {
    CocoElement element = new CocoElement(each, problems);
    element
        .whole("id")
        .filter(id -> !ids.add(id))
        .ifPresent(id -> refuseTwice(element.where("id"), id));
    Optional<Long> image =
        known(element, "image_id", id -> images.containsKey(id) || unreadableImages.contains(id));
    Optional<Long> category = known(element, "category_id", categories::containsKey);
    Optional<List<Double>> box = element.box();
    Optional<Double> area = element.area();
    Optional<Boolean> crowd = element.crowd();
    if (image.isEmpty()
        || category.isEmpty()
        || box.isEmpty()
        || area.isEmpty()
        || crowd.isEmpty()) {
      return;
    }
    List<Double> edges = box.get();
    Box corners =
        new Box(
            edges.get(0), edges.get(1), edges.get(0) + edges.get(2), edges.get(1) + edges.get(3));
    // the class is filled in when the model is known
    Annotation annotation = new Annotation(corners, 0, area.get(), crowd.get());
    objects
        .computeIfAbsent(image.get(), id -> new ArrayList<>())
        .add(new Labelled(category.get(), element.where("category_id"), annotation));
  }

  private Optional<Long> known(CocoElement element, String key, Predicate<Long> isKnown) {
    Optional<Long> id = element.whole(key);
    if (id.isPresent() && !isKnown.test(id.get())) {
      String list = key.equals("image_id") ? "images" : "categories";
      problems.add(
          element.where(key),
          String.valueOf(id.get()),
          "the id of one of the " + list,
          "add it to " + list + ", or mend the number");
      return Optional.empty();
    }
    return id;
  }

  private void refuseTwice(String where, Object value) {
    problems.add(where, value + " a second time", "each once", "give one of the two another");
  }

  private void checkFile(Image image) {
    ImageFileCheck.fault(image.file())
        .ifPresent(
            fault ->
                problems.add(
                    image.file().toString(), fault, ImageFileCheck.EXPECTED, ImageFileCheck.TRY));
  }

  /** The model's class of every category that the examples use. */
  private Map<Long, Integer> classes(List<Image> used, LabelMap labels) {
    Map<Long, Integer> classes = new HashMap<>();
    for (Image image : used) {
      for (Labelled object : objects.getOrDefault(image.id(), List.of())) {
        String name = categories.getOrDefault(object.categoryId(), "");
        int classId = labels.names().indexOf(name);
        if (classes.put(object.categoryId(), classId) == null && classId < 0 && !name.isEmpty()) {
          problems.add(
              object.where(),
              "%s, the category '%s', which the model does not have"
                  .formatted(object.categoryId(), name),
              "a category with the name of one of the model's %s classes".formatted(labels.size()),
              NearestName.of(name, labels.names())
                  .map(near -> "\"name\": \"" + near + "\" in categories")
                  .orElse("name the category as the model card's labels do"));
        }
      }
    }
    return classes;
  }

  private Example example(Image image, Map<Long, Integer> classes) {
    List<Annotation> truth =
        objects.getOrDefault(image.id(), List.of()).stream()
            .map(
                object ->
                    new Annotation(
                        object.annotation().box(),
                        classes.getOrDefault(object.categoryId(), 0),
                        object.annotation().areaPx(),
                        object.annotation().crowd()))
            .toList();
    return new Example(image.fileName(), image.file(), List.of(), new Truth.Objects(truth));
  }
}
