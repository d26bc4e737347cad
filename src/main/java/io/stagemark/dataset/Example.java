package io.stagemark.dataset;

import io.stagemark.data.FileRange;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.image.ImageHeader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One item of a data set.
 *
 * @param id unique in the data set, such as the file name
 * @param source the file, or the part of one, that it comes from; {@link #NO_FILE} where it was
 *     made. A part is a picture, whose format reads the header too ({@link #with})
 * @param tensors its content, one for each model input that is not carried, where the file holds
 *     tensors; empty for an image
 * @param truth what is right for it
 * @param startsSequence false for a later step of a sequence: the model's state comes from the
 *     example before
 * @param image what the file says of itself; empty for tensors
 */
public record Example(
    String id,
    FileRange source,
    List<Tensor> tensors,
    Truth truth,
    boolean startsSequence,
    Optional<ImageHeader> image) {
  /** The file of an example that was made and not read. */
  public static final Path NO_FILE = Path.of("");

  public Example {
    tensors = List.copyOf(tensors);
  }

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

  /** An example without a picture. */
  public Example(String id, Path file, List<Tensor> tensors, Truth truth, boolean startsSequence) {
    this(id, FileRange.whole(file), tensors, truth, startsSequence, Optional.empty());
  }

  /** A picture that is a part of a file. */
  public Example(String id, FileRange source, Truth truth) {
    this(id, source, List.of(), truth, true, Optional.empty());
  }

  /** Returns the same example with its picture's header. */
  public Example with(ImageHeader header) {
    return new Example(id, source, tensors, truth, startsSequence, Optional.of(header));
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
