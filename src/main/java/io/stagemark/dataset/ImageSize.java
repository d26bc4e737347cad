package io.stagemark.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The size that an image file's head tells.
 *
 * @param widthPx in pixels, as stored
 * @param heightPx in pixels, as stored
 */
record ImageSize(int widthPx, int heightPx) {

  /** Returns the size of a JPEG, PNG or BMP; empty for another format or what cannot be read. */
  static Optional<ImageSize> of(Path file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return Optional.of(new ImageSize(reader.getWidth(0), reader.getHeight(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns whether the two agree, upright or turned: a JPEG's EXIF may turn its picture. */
  boolean agreesWith(ImageSize other) {
    return equals(other) || (widthPx == other.heightPx && heightPx == other.widthPx);
  }

  @Override
  public String toString() {
    return widthPx + "x" + heightPx + " px";
  }
}
