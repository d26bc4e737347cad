package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Problem;
import io.stagemark.data.TensorSpec;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens the data set that a config names. */
public final class Datasets {
  private Datasets() {}

  /**
   * Opens a data set for one model and checks every file of it.
   *
   * @param settings which examples
   * @param labels the model's classes, which truth is told in
   * @param inputs the model's inputs for a batch of 1, which tensors must fit
   * @throws BadInputException with the first 20 problems and the number of the others
   */
  public static Dataset open(DatasetSettings settings, LabelMap labels, List<TensorSpec> inputs)
      throws BadInputException {
    return new Dataset(
        String.valueOf(settings.path().getFileName()),
        examples(settings, Optional.of(labels), inputs));
  }

  /** Returns what is wrong with a data set whatever the model, for a config whose models are. */
  public static List<Problem> problems(DatasetSettings settings) {
    try {
      examples(settings, Optional.empty(), List.of());
      return List.of();
    } catch (BadInputException e) {
      return e.problems();
    }
  }

  private static List<Example> examples(
      DatasetSettings settings, Optional<LabelMap> labels, List<TensorSpec> inputs)
      throws BadInputException {
    return switch (settings.format()) {
      case "coco" -> CocoDataset.read(settings, labels);
      case "images" -> ImageFolder.read(settings);
      case "tensors" -> TensorFolder.read(settings, inputs);
      default ->
          throw new IllegalArgumentException(
              "no data set format '%s'; there are coco, images, tensors"
                  .formatted(settings.format()));
    };
  }

  /**
   * Returns SHA-256 over the ids, the truth and the bytes of every example's file, in order: two
   * runs with the same digest saw the same data. Reads every file once.
   */
  public static String digest(Dataset dataset) throws IOException {
    MessageDigest sha = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
      for (Example example : dataset.examples()) {
        out.write((example.id() + "\n" + example.truth() + "\n").getBytes(StandardCharsets.UTF_8));
        for (Path file : files(example.file())) {
          try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(out);
          }
        }
      }
    }
    return HexFormat.of().formatHex(sha.digest());
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
