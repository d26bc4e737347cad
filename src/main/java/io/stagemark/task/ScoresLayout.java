package io.stagemark.task;

import io.stagemark.data.ClassMask;
import io.stagemark.data.TensorSpec;
import java.util.List;

/**
 * Whether class scores have the shape that the card says: of examples, or of their pixels. What
 * does not fit is refused with the mismatch and the step that mends it.
 */
final class ScoresLayout {
  private ScoresLayout() {}

  /**
   * Refuses an output that is not read.
   *
   * @param output the first of the outputs that is no state
   */
  static void requireFloating(TensorSpec output) throws TaskException {
    if (!FloatOutputs.isRead(output.type())) {
      throw new TaskException(
          "class scores are numbers of floating point or of 8 and 16 bits, the model gives "
              + output,
          "an export without its last arg-max: the scores themselves, float32 or float16");
    }
  }

  /** Refuses scores of examples that are not {@code [batch, classes]}. */
  static void ofExamples(TensorSpec output, int classes, int batch) throws TaskException {
    List<Long> shape = output.shape();
    boolean batched = shape.isEmpty() || shape.get(0) == batch || batch == 1;
    if (output.elements() == (long) batch * classes && batched) {
      return;
    }
    String found =
        "the card has %d label%s and the batch is %d, the model gives %s"
            .formatted(classes, classes == 1 ? "" : "s", batch, output);
    long each = shape.isEmpty() ? 1 : output.elements() / Math.max(1, shape.get(0));
    if (!shape.isEmpty() && shape.get(0) != batch) {
      throw new TaskException(
          found,
          "outputs: shape [N, %d] on the card: the first axis is that of the batch, and is %d"
              .formatted(classes, shape.get(0)));
    }
    if (shape.size() == 4) {
      throw new TaskException(
          found,
          "task: segmentation for a score a pixel, or an export that ends in its pooling:"
              + " [batch, classes]");
    }
    throw new TaskException(
        found,
        "%d label%s: output '%s' has so many scores for each example"
            .formatted(each, each == 1 ? "" : "s", output.name()));
  }

  /**
   * Refuses scores of pixels that are no mask of the classes.
   *
   * @param channelsFirst as the card's preprocess.layout says
   */
  static void ofPixels(TensorSpec output, int classes, boolean binary, boolean channelsFirst)
      throws TaskException {
    List<Long> shape = output.shape();
    boolean flat = shape.size() == 3 && classes == 1;
    int axis = channelsFirst ? 1 : 3;
    String found =
        "output %s gives no mask of %d class%s, channels %s"
            .formatted(output, classes, classes == 1 ? "" : "es", channelsFirst ? "first" : "last");
    if (binary && classes != 1) {
      throw new TaskException(
          "decoder 'binary' has one class, the card %d labels".formatted(classes),
          "decoder: {type: classification}, or 1 label");
    }
    if (classes > ClassMask.IGNORED) {
      throw new TaskException(found, "%d labels at most".formatted(ClassMask.IGNORED));
    }
    if (!flat && shape.size() != 4) {
      throw new TaskException(
          found,
          shape.size() == 2
              ? "task: classification for a score an example"
              : "an output of 4 axes, %s: it has %d"
                  .formatted(
                      channelsFirst ? "[N, classes, H, W]" : "[N, H, W, classes]", shape.size()));
    }
    if (!flat && shape.get(axis) != classes) {
      boolean other = shape.get(channelsFirst ? 3 : 1) == classes;
      throw new TaskException(
          found,
          other
              ? "output '%s' transposed to %s: its classes are %s, preprocess.layout is %s"
                  .formatted(
                      output.name(),
                      channelsFirst ? "[N, classes, H, W]" : "[N, H, W, classes]",
                      channelsFirst ? "last" : "first",
                      channelsFirst ? "nchw" : "nhwc")
              : "%d label%s: output '%s' has so many channels"
                  .formatted(shape.get(axis), shape.get(axis) == 1 ? "" : "s", output.name()));
    }
  }
}
