package io.stagemark.inspect.head;

import java.util.List;
import java.util.Optional;

/**
 * The input of a model that takes an image.
 *
 * @param name of the input
 * @param batch images at once
 * @param heightPx of the image
 * @param widthPx of the image
 * @param channels 1, 3 or 4
 * @param layout {@code nchw} or {@code nhwc}
 */
public record ImageInput(
    String name, long batch, int heightPx, int widthPx, int channels, String layout) {
  private static final int MAX_CHANNELS = 4;

  /**
   * Takes an input for an image by its shape: four axes, 1, 3 or 4 channels behind the batch or at
   * the end.
   */
  public static Optional<ImageInput> of(String name, List<Long> shape) {
    if (shape.size() != 4 || shape.stream().anyMatch(extent -> extent > 1 << 20)) {
      return Optional.empty();
    }
    int first = Math.toIntExact(shape.get(1));
    int middle = Math.toIntExact(shape.get(2));
    int last = Math.toIntExact(shape.get(3));
    if (isChannels(first) && !(isChannels(last) && first > last)) {
      return Optional.of(new ImageInput(name, shape.get(0), middle, last, first, "nchw"));
    }
    return isChannels(last)
        ? Optional.of(new ImageInput(name, shape.get(0), first, middle, last, "nhwc"))
        : Optional.empty();
  }

  private static boolean isChannels(int extent) {
    return extent >= 1 && extent <= MAX_CHANNELS && extent != 2;
  }
}
