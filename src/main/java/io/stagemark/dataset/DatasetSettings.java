package io.stagemark.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which examples a run uses.
 *
 * @param format one of {@link Datasets#FORMATS}
 * @param path folder of the images, or of the tensor files
 * @param annotations COCO JSON for {@code coco}, the table of labels for {@code csv}
 * @param truth folder of the masks for {@code masks}, of the targets for {@code tensors}
 * @param limit the first so many examples only, in the data set's order; at least 1, absent for all
 * @param only ids of the examples that are used of these; empty for all
 * @param unknownClasses what happens with truth of classes that the model does not have; absent for
 *     {@link UnknownClasses#REFUSE}
 */
public record DatasetSettings(
    String format,
    Path path,
    Optional<Path> annotations,
    Optional<Path> truth,
    Optional<Integer> limit,
    List<String> only,
    Optional<UnknownClasses> unknownClasses) {
  public DatasetSettings {
    only = List.copyOf(only);
    // in the files of older programs
    unknownClasses = unknownClasses == null ? Optional.empty() : unknownClasses;
  }

  /** The settings of all examples. */
  public DatasetSettings(
      String format,
      Path path,
      Optional<Path> annotations,
      Optional<Path> truth,
      Optional<Integer> limit) {
    this(format, path, annotations, truth, limit, List.of(), Optional.empty());
  }

  /** Returns the same settings for examples of these ids alone. */
  public DatasetSettings only(List<String> ids) {
    return new DatasetSettings(format, path, annotations, truth, limit, ids, unknownClasses);
  }

  /** Returns the same settings, with truth of classes that a model does not have left out. */
  public DatasetSettings leavingOutUnknownClasses() {
    return new DatasetSettings(
        format, path, annotations, truth, limit, only, Optional.of(UnknownClasses.LEAVE_OUT));
  }

  /** Returns whether truth of classes that a model does not have is left out. */
  public boolean leavesOutUnknownClasses() {
    return unknownClasses.equals(Optional.of(UnknownClasses.LEAVE_OUT));
  }

  /** The settings of a data set without a folder of truth. */
  public DatasetSettings(
      String format, Path path, Optional<Path> annotations, Optional<Integer> limit) {
    this(format, path, annotations, Optional.empty(), limit);
  }

  /** Returns whether the examples have truth, so that they can be scored. */
  public boolean hasTruth() {
    return switch (format) {
      case "images" -> false;
      case "tensors" -> truth.isPresent();
      default -> true;
    };
  }
}
