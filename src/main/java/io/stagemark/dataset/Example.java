package io.stagemark.dataset;

import io.stagemark.data.FileRange;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Stored;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.image.ImageHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One item of a data set.
 *
 * @param id unique in the data set, such as the file name
 * @param source the file, or the part of one, that it comes from; {@link #NO_FILE} where it was
 *     made. A part is a picture, whose format reads the header too ({@link #with})
 * @param stored its content, a tensor for each model input that is not carried, where the file
 *     holds tensors; empty for an image
 * @param truth what is right for it
 * @param startsSequence false for a later step of a sequence: the model's state comes from the
 *     example before
 * @param image what the file says of itself; empty for tensors
 */
public record Example(
    String id,
    FileRange source,
    Optional<Stored<List<Tensor>>> stored,
    Truth truth,
    boolean startsSequence,
    Optional<ImageHeader> image) {
  /** The file of an example that was made and not read. */
  public static final Path NO_FILE = Path.of("");

  /** Returns the file that it comes from, alone or with others. */
  public Path file() {
    return source.path();
  }

  /** Returns whether it was read from a file. */
  public boolean hasFile() {
    return !file().equals(NO_FILE);
  }

  /** An example that is independent of others. */
  public Example(String id, Path file, List<Tensor> tensors, Truth truth) {
    this(id, file, tensors, truth, true);
  }

  /**
   * An example whose tensors are in memory.
   *
   * @param tensors one for each model input that is not carried; none for an image
   */
  public Example(String id, Path file, List<Tensor> tensors, Truth truth, boolean startsSequence) {
    this(
        id,
        FileRange.whole(file),
        tensors.isEmpty() ? Optional.empty() : Optional.of(held(List.copyOf(tensors))),
        truth,
        startsSequence,
        Optional.empty());
  }

  /** An example whose tensors are read from their file when they are needed. */
  public Example(
      String id, Path file, Stored<List<Tensor>> stored, Truth truth, boolean startsSequence) {
    this(id, FileRange.whole(file), Optional.of(stored), truth, startsSequence, Optional.empty());
  }

  private static Stored<List<Tensor>> held(List<Tensor> tensors) {
    return () -> tensors;
  }

  /** A picture that is a part of a file. */
  public Example(String id, FileRange source, Truth truth) {
    this(id, source, Optional.empty(), truth, true, Optional.empty());
  }

  /** Returns the same example with its picture's header. */
  public Example with(ImageHeader header) {
    return new Example(id, source, stored, truth, startsSequence, Optional.of(header));
  }

  /** Returns whether it is a picture, and not tensors. */
  public boolean isImage() {
    return stored.isEmpty();
  }

  /**
   * Returns its tensors, none for an image.
   *
   * @throws UncheckedIOException if their file is no longer what it was when the data set was
   *     opened
   */
  public List<Tensor> tensors() {
    try {
      return stored.isEmpty() ? List.of() : stored.get().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the size of its picture, upright; empty for tensors. */
  public Optional<ImageSize> pictureSize() {
    return image.map(header -> new ImageSize(header.widthPx(), header.heightPx()));
  }

  /** Returns its file for messages, with the id where the file has several examples. */
  public String where() {
    return source.isWhole() ? file().toString() : file() + ": " + id;
  }
}
