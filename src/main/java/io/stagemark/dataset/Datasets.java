package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Problem;
import io.stagemark.data.RegularFile;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Opens the data set that a config names. */
public final class Datasets {
  /** The formats that a config may name. */
  public static final List<String> FORMATS =
      List.of("coco", "image-folder", "csv", "masks", "images", "tensors");

  private Datasets() {}

  /**
   * Opens a data set for one model and checks every file of it.
   *
   * @param settings which examples
   * @param model its classes and inputs
   * @throws BadInputException with the first 20 problems and the number of the others
   */
  public static Dataset open(DatasetSettings settings, ModelView model) throws BadInputException {
    FoundNotes notes = new FoundNotes();
    List<Example> all = examples(settings, Optional.of(model), notes);
    String name = String.valueOf(settings.path().getFileName());
    List<Example> used = settings.only().isEmpty() ? all : ChosenExamples.of(all, settings.only());
    PictureNotes.add(notes, name, used);
    return new Dataset(name, used, notes.list());
  }

  /** Opens a data set for a model without carried state, as the other one does. */
  public static Dataset open(DatasetSettings settings, LabelMap labels, List<TensorSpec> inputs)
      throws BadInputException {
    return open(settings, new ModelView(labels, inputs, false));
  }

  /** Returns what is wrong with a data set whatever the model, for a config whose models are. */
  public static List<Problem> problems(DatasetSettings settings) {
    try {
      examples(settings, Optional.empty(), new FoundNotes());
      return List.of();
    } catch (BadInputException e) {
      return e.problems();
    }
  }

  private static List<Example> examples(
      DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
      throws BadInputException {
    Optional<LabelMap> labels = model.map(ModelView::labels);
    return switch (settings.format()) {
      case "coco" -> CocoDataset.read(settings, labels, notes);
      case "image-folder" -> ClassFolders.read(settings, labels, notes);
      case "csv" -> LabelTable.read(settings, labels, notes);
      case "masks" -> MaskFolder.read(settings, notes);
      case "images" -> ImageFolder.read(settings, notes);
      case "tensors" ->
          TensorFolder.read(
              settings,
              model.map(ModelView::inputs).orElse(List.of()),
              model.map(ModelView::sequences).orElse(false),
              notes);
      default ->
          throw new IllegalArgumentException(
              "no data set format '%s'; there are %s".formatted(settings.format(), FORMATS));
    };
  }

  /**
   * Returns SHA-256 over the ids, the truth and the bytes of every example's file, in order: two
   * runs with the same digest saw the same data. Reads every file once.
   */
  public static String digest(Dataset dataset) throws IOException {
    MessageDigest sha = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
      Path last = Path.of("");
      for (Example example : dataset.examples()) {
        out.write((example.id() + "\n").getBytes(StandardCharsets.UTF_8));
        if (example.truth() instanceof Truth.Mask mask) {
          copy(mask.file(), out);
        } else if (example.truth() instanceof Truth.Target target) {
          out.write(bytes(target.values()));
        } else {
          out.write((example.truth() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!example.file().equals(last)) { // the steps of a sequence share one
          last = example.file();
          for (Path file : files(last)) {
            copy(file, out);
          }
        }
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** Returns every file that the examples and their truth come from, each once, in order. */
  public static List<Path> files(DatasetSettings settings, Dataset dataset) throws IOException {
    Set<Path> all = new LinkedHashSet<>();
    settings.annotations().ifPresent(all::add);
    for (Example example : dataset.examples()) {
      all.addAll(files(example.file()));
      if (example.truth() instanceof Truth.Mask mask) {
        all.add(mask.file());
      } else if (example.truth() instanceof Truth.Target target) {
        all.add(target.file());
      }
    }
    return List.copyOf(all);
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.bytes().capacity()];
    tensor.bytes().get(0, bytes);
    return bytes;
  }

  private static void copy(Path file, OutputStream out) throws IOException {
    try (InputStream in = RegularFile.open(file)) {
      in.transferTo(out);
    }
  }

  private static List<Path> files(Path file) throws IOException {
    if (!Files.isDirectory(file)) {
      return List.of(file);
    }
    try (Stream<Path> entries = Files.list(file)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
