package io.stagemark.dataset.voc;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import io.stagemark.data.Truth;
import io.stagemark.dataset.AnnotatedSize;
import io.stagemark.dataset.BoxNotes;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.DatasetKey;
import io.stagemark.dataset.DatasetOption;
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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Images with an XML file each, of the same stem, in a folder of annotations. A box's edges are its
 * first and last pixel, counted from 1: the box of a picture's first pixel is 1, 1, 1, 1. An object
 * that is {@code difficult} counts as a COCO crowd: it need not be found, and a detection in it is
 * not held against the model.
 */
public final class VocFormat implements DatasetFormat {
  private static final String SPLIT = "split";
  private static final String FIRST_PIXEL = "firstPixel";
  private static final String ALL = "all";
  private static final long MAX_LIST_BYTES = 64L << 20;

  @Override
  public String name() {
    return "voc";
  }

  @Override
  public String description() {
    return "a folder of images and one of Pascal VOC's XML files (annotations)";
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
  public List<DatasetOption> options() {
    return List.of(
        new DatasetOption(
            SPLIT,
            "the name of a list in ImageSets/Main beside the annotations, or all",
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*"),
            "val",
            Optional.of(ALL)),
        new DatasetOption(
            FIRST_PIXEL,
            "one of: 0, 1: the number of a picture's first pixel",
            Pattern.compile("[01]"),
            "1",
            Optional.of("1")));
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
    KnownClasses classes = new KnownClasses(model.map(ModelView::labels), settings, problems);
    int firstPixel = Integer.parseInt(settings.options().getOrDefault(FIRST_PIXEL, "1"));
    BoxNotes boxes = new BoxNotes();
    List<Example> examples = new ArrayList<>();
    int difficult = 0;
    for (Path file : images(settings, problems, notes)) {
      Optional<VocFile.Content> content = VocFile.read(xml(settings, file), problems);
      Optional<ImageHeader> image = ImageFolder.header(file, problems);
      if (content.isEmpty() || image.isEmpty()) {
        continue;
      }
      String id = String.valueOf(file.getFileName());
      compare(xml(settings, file), content.get(), id, image.get(), problems);
      List<Box> all =
          content.get().objects().stream().map(object -> box(object, firstPixel)).toList();
      boxes.look(id, image.get(), all);
      List<Annotation> truth = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        VocObject object = content.get().objects().get(i);
        OptionalInt classId = classes.of(object.name(), object.where());
        if (classId.isPresent()) {
          Box box = all.get(i);
          truth.add(new Annotation(box, classId.getAsInt(), box.area(), object.difficult()));
          difficult += object.difficult() ? 1 : 0;
        }
      }
      examples.add(new Example(id, file, List.of(), new Truth.Objects(truth)).with(image.get()));
    }
    classes.finish(settings.annotations().orElseThrow().toString(), notes);
    problems.throwIfAny(settings.path().toString());
    String folder = String.valueOf(settings.annotations().orElseThrow().getFileName());
    boxes.addTo(notes, folder);
    if (difficult > 0) {
      notes.add(folder + ": " + difficult + " difficult objects count for nothing");
    }
    return new Dataset(settings.name(), examples, notes.list());
  }

  private static void compare(
      Path xml, VocFile.Content content, String id, ImageHeader image, FoundProblems problems) {
    if (content.widthPx() > 0 && content.heightPx() > 0) { // some tools write 0
      new AnnotatedSize(xml + ": size", content.widthPx(), content.heightPx())
          .compare(id, image, problems);
    }
  }

  private static Box box(VocObject object, int firstPixel) {
    return new Box(
        object.xmin() - firstPixel,
        object.ymin() - firstPixel,
        object.xmax() + 1 - firstPixel,
        object.ymax() + 1 - firstPixel);
  }

  /** Returns the images that are used, in the order of their names, or of the split's list. */
  private static List<Path> images(
      DatasetSettings settings, FoundProblems problems, FoundNotes notes) {
    List<Path> all = ImageFolder.files(settings.path(), settings.path(), problems, notes);
    int most = settings.limit().orElse(Integer.MAX_VALUE);
    String split = settings.options().getOrDefault(SPLIT, ALL);
    if (split.equals(ALL)) {
      List<Path> annotated =
          all.stream().filter(file -> Files.isRegularFile(xml(settings, file))).toList();
      List<String> others =
          all.stream()
              .filter(file -> !annotated.contains(file))
              .map(file -> String.valueOf(file.getFileName()))
              .toList();
      notes.count(
          settings.name(),
          "1 picture has no annotation file and is left out",
          "%d pictures have no annotation file and are left out",
          others);
      if (annotated.isEmpty() && !all.isEmpty()) {
        problems.add(
            settings.annotations().orElseThrow().toString(),
            "no file for any of %d images".formatted(all.size()),
            "an XML file of the same name for each image, such as "
                + xml(settings, all.get(0)).getFileName(),
            "annotations: VOC2012/Annotations");
      }
      return annotated.stream().limit(most).toList();
    }
    Map<String, Path> byStem = new HashMap<>();
    all.forEach(file -> byStem.putIfAbsent(stem(file), file));
    List<Path> listed = new ArrayList<>();
    for (String stem : stems(list(settings, split), problems)) {
      Path file = byStem.get(stem);
      if (file == null) {
        problems.add(
            list(settings, split).toString(),
            stem + ", which is no image in " + settings.path(),
            "the name of an image without its ending",
            "split: all, for every image that has annotations");
      } else {
        listed.add(file);
      }
    }
    return listed.stream().limit(most).toList();
  }

  /**
   * Returns the names of a list: {@code 2007_000027}, or with a class's {@code 1} or {@code -1}.
   */
  private static Set<String> stems(Path list, FoundProblems problems) {
    Set<String> stems = new LinkedHashSet<>();
    try {
      for (String line : TextFile.read(list, MAX_LIST_BYTES).lines().toList()) {
        String[] columns = line.strip().split("\\s+", -1);
        if (!columns[0].isEmpty() && !(columns.length > 1 && columns[1].equals("-1"))) {
          stems.add(columns[0]);
        }
      }
    } catch (TextFault e) {
      problems.add(e.where(list.toString()), e.found(), "a text file, a name a line", e.tryThis());
    }
    return stems;
  }

  private static Path list(DatasetSettings settings, String split) {
    return settings.annotations().orElseThrow().resolveSibling("ImageSets/Main/" + split + ".txt");
  }

  private static Path xml(DatasetSettings settings, Path image) {
    return settings.annotations().orElseThrow().resolve(stem(image) + ".xml");
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  @Override
  public List<Path> files(DatasetSettings settings, Dataset dataset) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    String split = settings.options().getOrDefault(SPLIT, ALL);
    if (!split.equals(ALL)) {
      files.add(list(settings, split));
    }
    for (Example example : dataset.examples()) {
      files.add(example.file());
      files.add(xml(settings, example.file()));
    }
    return List.copyOf(files);
  }
}
