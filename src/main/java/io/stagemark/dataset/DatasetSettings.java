package io.stagemark.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which examples a run uses.
 *
 * @param format {@code coco}, {@code images} or {@code tensors}
 * @param path folder of the images, or of the tensor files
 * @param annotations COCO JSON, for {@code coco}
 * @param limit the first so many examples only, in the data set's order; at least 1, absent for all
 */
public record DatasetSettings(
    String format, Path path, Optional<Path> annotations, Optional<Integer> limit) {}
