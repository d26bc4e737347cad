package io.stagemark.dataset.coco;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.Truth;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.dataset.AnnotatedSize;
import io.stagemark.dataset.BoxNotes;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.FolderRest;
import io.stagemark.dataset.FoundNotes;
import io.stagemark.dataset.FoundProblems;
import io.stagemark.dataset.HeaderReads;
import io.stagemark.dataset.ImageFolder;
import io.stagemark.dataset.ModelView;
import io.stagemark.image.ImageHeader;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Images with true boxes from COCO JSON. A category is the model's class of the same name; one that
 * no annotation of the examples uses need not be known to the model (a COCO file lists all 80), and
 * annotations of one that is used but not known are left out where the config says so.
 */
final class CocoDataset {
  private record Image(long id, String fileName, Path file, Optional<AnnotatedSize> size) {}

  private final Path folder;
  private final FoundProblems problems = new FoundProblems();
  private final Map<Long, Image> images = new LinkedHashMap<>();
  private final Set<String> fileNames = new HashSet<>();
  private final Set<Long> unreadableImages = new HashSet<>();
  private final CocoObjects objects;
  private final Map<Long, ImageHeader> headers = new HashMap<>();

  private CocoDataset(Path folder, CocoContent content) {
    this.folder = folder;
    this.objects =
        new CocoObjects(
            problems, id -> images.containsKey(id) || unreadableImages.contains(id), content);
  }

  /**
   * Reads and checks.
   *
   * @param model empty if none is known: then categories are not mapped
   * @param notes gets what was assumed or left out
   */
  static List<Example> read(DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
      throws BadInputException {
    Path json = settings.annotations().orElseThrow();
    CocoContent content = CocoContent.of(model.map(ModelView::parts).orElse(Set.of()));
    CocoDataset dataset = new CocoDataset(settings.path(), content);
    Map<String, List<CocoFile.Element>> file = CocoFile.read(json, content, dataset.problems);
    dataset.problems.throwIfAny(json.toString());
    file.getOrDefault("images", List.of()).forEach(dataset::image);
    file.getOrDefault("categories", List.of()).forEach(dataset.objects::category);
    file.getOrDefault("annotations", List.of()).forEach(dataset.objects::annotation);
    if (dataset.images.isEmpty() && dataset.problems.isEmpty()) {
      dataset.problems.add(
          json + ": images", "an empty list", "at least one image", "add an image");
    }
    List<Image> used =
        dataset.images.values().stream().limit(settings.limit().orElse(Integer.MAX_VALUE)).toList();
    if (Files.isDirectory(settings.path())) {
      HeaderReads reads = HeaderReads.of(settings);
      used.stream().filter(it -> reads.includes(it.fileName())).forEach(dataset::checkFile);
    } else {
      dataset.problems.add(
          settings.path().toString(),
          "no such folder",
          "the folder of the images of " + json,
          "images: data/quickstart");
    }
    List<CocoObject> truths =
        used.stream().flatMap(image -> dataset.objects.of(image.id()).stream()).toList();
    CocoClasses classes = new CocoClasses(settings, model.map(ModelView::labels), dataset.objects);
    classes.map(truths, dataset.problems);
    dataset.problems.throwIfAny(json.toString());
    dataset.objects.areaNote(truths).ifPresent(notes::add);
    classes.note().ifPresent(notes::add);
    BoxNotes boxes = new BoxNotes();
    for (Image image : used) {
      dataset
          .header(image)
          .ifPresent(it -> boxes.look(image.fileName(), it, boxes(dataset.objects(image))));
    }
    boxes.addTo(notes, String.valueOf(json.getFileName()));
    if (!HeaderReads.of(settings).isNone()) {
      Set<Path> listed =
          dataset.images.values().stream().map(Image::file).collect(Collectors.toSet());
      FolderRest.note(settings.path(), listed, String.valueOf(json.getFileName()), notes);
    }
    List<Example> examples = used.stream().map(image -> dataset.example(image, classes)).toList();
    dataset.problems.throwIfAny(json.toString());
    return examples;
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
      objects.refuseTwice(element.where("file_name"), name.get());
    }
    Image image = new Image(id.get(), name.get(), file.get(), size(each));
    if (images.putIfAbsent(id.get(), image) != null) {
      objects.refuseTwice(element.where("id"), id.get());
    }
  }

  /** Returns the size; empty where the element has none (pycocotools reads none). */
  private static Optional<AnnotatedSize> size(CocoFile.Element element) {
    double width = element.node().path("width").asDouble(Double.NaN);
    double height = element.node().path("height").asDouble(Double.NaN);
    return Double.isNaN(width) || Double.isNaN(height)
        ? Optional.empty()
        : Optional.of(new AnnotatedSize(element.where(), width, height));
  }

  private Optional<Path> inFolder(String name, CocoElement element) {
    try {
      Path file = folder.resolve(name).normalize();
      if (file.startsWith(folder.normalize())) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // reported below: it is no path of a file in the folder either
    }
    problems.add(
        element.where("file_name"),
        name,
        "the path of a file in " + folder,
        "\"file_name\": \"coffee.jpg\"");
    return Optional.empty();
  }

  private void checkFile(Image image) {
    Optional<ImageHeader> header = ImageFolder.header(image.file(), problems);
    header.ifPresent(it -> headers.put(image.id(), it));
    header.ifPresent(
        it -> image.size().ifPresent(size -> size.compare(image.fileName(), it, problems)));
  }

  private Example example(Image image, CocoClasses classes) {
    List<Annotation> truth = new ArrayList<>();
    for (CocoObject object : objects(image)) {
      OptionalInt classId = classes.of(object.category());
      if (classId.isPresent()) {
        truth.add(
            new Annotation(
                object.box(),
                classId.getAsInt(),
                object.areaPx(),
                object.crowd(),
                mask(object, image),
                pose(object)));
      }
    }
    Example example =
        new Example(image.fileName(), image.file(), List.of(), new Truth.Objects(truth));
    return header(image).map(example::with).orElse(example);
  }

  /** Returns the pixels of an object; empty if it has none, or nothing says the picture's size. */
  private Optional<ObjectMask> mask(CocoObject object, Image image) {
    int width = 0;
    int height = 0;
    if (image.size().isPresent()) {
      width = (int) image.size().get().widthPx();
      height = (int) image.size().get().heightPx();
    } else if (header(image).isPresent()) {
      width = header(image).get().widthPx();
      height = header(image).get().heightPx();
    }
    if (object.segmentation().isEmpty() || width < 1 || height < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(object.segmentation().get().mask(height, width));
    } catch (IllegalArgumentException e) {
      problems.add(
          object.where() + ".segmentation",
          String.valueOf(e.getMessage()),
          "one of the image's size, %dx%d px".formatted(width, height),
          "\"size\": [%d, %d]: the height first".formatted(height, width));
      return Optional.empty();
    }
  }

  private static Optional<ObjectPose> pose(CocoObject object) {
    List<Double> numbers = object.keyPoints();
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    List<KeyPoint> points = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += 3) {
      points.add(new KeyPoint(numbers.get(i), numbers.get(i + 1), numbers.get(i + 2)));
    }
    return Optional.of(new ObjectPose(points));
  }

  /** Returns the header of a picture that was looked at. */
  private Optional<ImageHeader> header(Image image) {
    return Optional.ofNullable(headers.get(image.id()));
  }

  private List<CocoObject> objects(Image image) {
    return objects.of(image.id());
  }

  private static List<Box> boxes(List<CocoObject> objects) {
    return objects.stream().map(CocoObject::box).toList();
  }
}
