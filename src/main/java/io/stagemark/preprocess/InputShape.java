package io.stagemark.preprocess;

import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.List;

/**
 * The axes of an image input and the offsets of its rows. A "line" is what one row of pixels
 * becomes in memory: with NCHW one line a channel, with NHWC one for all channels.
 *
 * @param slots images in a batch
 * @param channels 1 or 3
 * @param heightPx of the input
 * @param widthPx of the input
 * @param layout order of the axes
 * @param color order of the channels
 */
record InputShape(int slots, int channels, int heightPx, int widthPx, Layout layout, Color color) {

  /**
   * Reads the shape of an input tensor.
   *
   * @throws IllegalArgumentException if it is not an image of that layout and colour
   */
  static InputShape of(TensorSpec spec, Layout layout, Color color) {
    int wanted = color == Color.GREY ? 1 : 3;
    List<Long> axes = spec.shape();
    int channelAxis = layout == Layout.NCHW ? 1 : 3;
    if (axes.size() != 4 || axes.contains(0L) || axes.get(channelAxis) != wanted) {
      throw new IllegalArgumentException(
          "%s is not a batch of images: preprocessing makes %s of %d channel%s (%s)"
              .formatted(
                  spec,
                  layout == Layout.NCHW ? "[N, C, H, W]" : "[N, H, W, C]",
                  wanted,
                  wanted == 1 ? "" : "s",
                  PreprocessSettings.configName(color)));
    }
    int heightAxis = layout == Layout.NCHW ? 2 : 1;
    return new InputShape(
        Math.toIntExact(axes.get(0)),
        wanted,
        Math.toIntExact(axes.get(heightAxis)),
        Math.toIntExact(axes.get(heightAxis + 1)),
        layout,
        color);
  }

  /** Returns how many lines a row of pixels has. */
  int lines() {
    return layout == Layout.NCHW ? channels : 1;
  }

  /** Returns the elements of a line. */
  int lineLength() {
    return layout == Layout.NCHW ? widthPx : widthPx * channels;
  }

  /** Returns the index of the first element of a line. */
  int offset(int slot, int line, int y) {
    return ((slot * lines() + line) * heightPx + y) * lineLength();
  }

  /** Returns which channel of OpenCV's B, G, R a channel of the tensor is. */
  int sourceChannel(int channel) {
    return color == Color.RGB ? 2 - channel : channel;
  }
}
