package io.stagemark.dataset.yolo;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.DatasetKey;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.FoundNotes;
import io.stagemark.dataset.FoundProblems;
import io.stagemark.dataset.ImageFolder;
import io.stagemark.dataset.KnownClasses;
import io.stagemark.dataset.ModelView;
import io.stagemark.image.ImageHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Images with text labels in Ultralytics' folders: the labels of {@code images/val/a.jpg} are
 * {@code labels/val/a.txt}, the last folder {@code images} of the path made {@code labels}, or next
 * to the image where there is no such folder. An image without a label file has no objects. Areas
 * are those of the boxes.
 */
public final class YoloFormat implements DatasetFormat {
  private static final String IMAGES = "images";
  private static final String LABELS = "labels";

  @Override
  public String name() {
    return "yolo";
  }

  @Override
  public String description() {
    return "a folder of images, text labels beside it (images/ and labels/) and a data.yaml";
  }

  @Override
  public Set<DatasetKey> required() {
    return Set.of(DatasetKey.IMAGES, DatasetKey.ANNOTATIONS);
  }

  @Override
  public Set<DatasetKey> optional() {
    return Set.of(DatasetKey.UNKNOWN_CLASSES);
  }

  @Override
  public boolean hasTruth(DatasetSettings settings) {
    return true;
  }

  @Override
  public Dataset open(DatasetSettings settings, Optional<ModelView> model)
      throws BadInputException {
    FoundProblems problems = new FoundProblems();
    FoundNotes notes = new FoundNotes();
    Path yaml = settings.annotations().orElseThrow();
    Optional<YoloNames> names = YoloNames.read(yaml, problems);
    problems.throwIfAny(yaml.toString());
    YoloLabels labels = new YoloLabels(names.orElseThrow(), problems);
    KnownClasses classes = new KnownClasses(model.map(ModelView::labels), settings, problems);
    List<Example> examples = new ArrayList<>();
    List<String> unlabelled = new ArrayList<>();
    List<Path> files = ImageFolder.files(settings.path(), settings.path(), problems, notes);
    int most = Math.min(settings.limit().orElse(files.size()), files.size());
    for (Path file : files.subList(0, most)) {
      Path label = labelFile(file);
      boolean labelled = Files.isRegularFile(label);
      List<YoloLabels.Item> items = labelled ? labels.read(label) : List.of();
      String id = String.valueOf(file.getFileName());
      if (!labelled) {
        unlabelled.add(id);
      }
      Optional<ImageHeader> image = ImageFolder.header(file, problems);
      Set<ObjectPart> parts = model.map(ModelView::parts).orElse(Set.of());
      image.ifPresent(header -> examples.add(example(id, file, header, items, classes, parts)));
    }
    if (!unlabelled.isEmpty() && unlabelled.size() == most) {
      Path first = files.get(0);
      problems.add(
          settings.path().toString(),
          "no label file for any of %d images".formatted(most),
          "a text file for each image with objects, such as " + labelFile(first),
          "images: the folder whose path has 'images' where the labels' has 'labels'");
    }
    classes.finish(yaml.toString(), notes);
    problems.throwIfAny(settings.path().toString());
    notes.count(
        settings.name(),
        "1 image has no label file, and so no objects",
        "%d images have no label file, and so no objects",
        unlabelled);
    return new Dataset(settings.name(), examples, notes.list());
  }

  private static Example example(
      String id,
      Path file,
      ImageHeader image,
      List<YoloLabels.Item> items,
      KnownClasses classes,
      Set<ObjectPart> parts) {
    List<Annotation> truth = new ArrayList<>();
    for (YoloLabels.Item item : items) {
      OptionalInt classId = classes.of(item.name(), item.where());
      if (classId.isPresent()) {
        truth.add(LabelledObject.of(item, image, classId.getAsInt(), parts));
      }
    }
    return new Example(id, file, List.of(), new Truth.Objects(truth)).with(image);
  }

  /** Returns where the labels of an image are. */
  static Path labelFile(Path image) {
    String name = String.valueOf(image.getFileName());
    int dot = name.lastIndexOf('.');
    String text = (dot < 0 ? name : name.substring(0, dot)) + ".txt";
    for (int i = image.getNameCount() - 2; i >= 0; i--) {
      if (image.getName(i).toString().equals(IMAGES)) {
        Path root = image.getRoot();
        Path before = i == 0 ? null : image.subpath(0, i);
        Path labels = before == null ? Path.of(LABELS) : before.resolve(LABELS);
        labels = root == null ? labels : root.resolve(labels);
        Path after = image.subpath(i + 1, image.getNameCount());
        return labels.resolve(after).resolveSibling(text);
      }
    }
    return image.resolveSibling(text);
  }

  @Override
  public List<Path> files(DatasetSettings settings, Dataset dataset) throws IOException {
    List<Path> files = new ArrayList<>(DatasetFormat.super.files(settings, dataset));
    dataset.examples().stream()
        .map(example -> labelFile(example.file()))
        .filter(Files::isRegularFile)
        .forEach(files::add);
    return files;
  }
}
