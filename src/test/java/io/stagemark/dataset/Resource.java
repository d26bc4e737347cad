package io.stagemark.dataset;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Files under src/test/resources/dataset: arrays that NumPy 1.24.2 wrote, images that Pillow 9.4.0
 * wrote (thumbnail.jpg is baseline.jpg with a small JPEG in an Exif segment).
 */
final class Resource {
  private Resource() {}

  static Path of(String name) {
    URL url = Objects.requireNonNull(Resource.class.getResource("/dataset/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
