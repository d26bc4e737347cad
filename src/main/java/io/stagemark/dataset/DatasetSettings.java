package io.stagemark.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which examples a run uses.
 *
 * @param format name of a {@link DatasetFormat}
 * @param path folder of the images, or of the tensor files; the file of a video; the format's name
 *     where it has none of these
 * @param annotations COCO JSON for {@code coco}, the table of labels for {@code csv}, the folder of
 *     XML files for {@code voc}; what each format says
 * @param truth folder of the masks for {@code masks}, of the targets for {@code tensors}
 * @param limit the first so many examples only, in the data set's order; at least 1, absent for all
 * @param only ids of the examples that are used of these; empty for all
 * @param unknownClasses what happens with truth of classes that the model does not have; absent for
 *     {@link UnknownClasses#REFUSE}
 * @param options values of the {@linkplain DatasetFormat#options keys of the format's own}
 */
public record DatasetSettings(
    String format,
    Path path,
    Optional<Path> annotations,
    Optional<Path> truth,
    Optional<Integer> limit,
    List<String> only,
    Optional<UnknownClasses> unknownClasses,
    // left out of stored configs when empty, as by older programs
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> options) {
  public DatasetSettings {
    only = List.copyOf(only);
    // in the files of older programs
    unknownClasses = unknownClasses == null ? Optional.empty() : unknownClasses;
    options = options == null ? Map.of() : Map.copyOf(options);
  }

  /** The settings of all examples. */
  public DatasetSettings(
      String format,
      Path path,
      Optional<Path> annotations,
      Optional<Path> truth,
      Optional<Integer> limit) {
    this(format, path, annotations, truth, limit, List.of(), Optional.empty(), Map.of());
  }

  /** Returns the same settings for examples of these ids alone. */
  public DatasetSettings only(List<String> ids) {
    return new DatasetSettings(
        format, path, annotations, truth, limit, ids, unknownClasses, options);
  }

  /** Returns the same settings, with truth of classes that a model does not have left out. */
  public DatasetSettings leavingOutUnknownClasses() {
    return new DatasetSettings(
        format,
        path,
        annotations,
        truth,
        limit,
        only,
        Optional.of(UnknownClasses.LEAVE_OUT),
        options);
  }

  /** Returns the same settings with values of the keys of the format's own. */
  public DatasetSettings with(Map<String, String> values) {
    return new DatasetSettings(
        format, path, annotations, truth, limit, only, unknownClasses, values);
  }

  /** Returns the data set's name for reports: that of its folder. */
  public String name() {
    return String.valueOf(path.getFileName());
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
    return Datasets.format(this).hasTruth(this);
  }
}
