package io.stagemark.postprocess;

import io.stagemark.data.ClassMask;
import io.stagemark.data.TensorSpec;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Class scores of each pixel to a mask at the output's resolution: over a threshold, or the largest
 * score, of equals the lower class. Nothing is allocated in {@link #run}. Not thread-safe.
 */
public final class MaskPostprocessor {
  private final int classes;
  private final int widthPx;
  private final int heightPx;
  private final boolean channelsFirst;
  private final boolean binary;
  private final float least;
  private final byte[][] masks;
  private final float[] best;

  /**
   * @param last step of the network that it leaves out
   * @param threshold on what comes out of a binary model's one class; empty for several classes
   * @param classes number of channels
   * @param output {@code [N, classes, H, W]}, {@code [N, H, W, classes]}, or {@code [N, H, W]} of
   *     one class
   * @param channelsFirst which of the two an output of four axes is
   * @throws IllegalArgumentException if the output is no such tensor, its size is not known, or
   *     there are more than 255 classes
   */
  public MaskPostprocessor(
      LastStep last,
      OptionalDouble threshold,
      int classes,
      TensorSpec output,
      boolean channelsFirst) {
    List<Long> shape = output.shape();
    boolean flat = shape.size() == 3 && classes == 1;
    int channelAxis = channelsFirst ? 1 : 3;
    boolean fits =
        output.isStatic() && (flat || (shape.size() == 4 && shape.get(channelAxis) == classes));
    if (!fits || classes > ClassMask.IGNORED || (threshold.isPresent() && classes != 1)) {
      throw new IllegalArgumentException(
          "output %s gives no mask of %d classes (binary: %s, channels %s)"
              .formatted(output, classes, threshold.isPresent(), channelsFirst ? "first" : "last"));
    }
    this.classes = classes;
    this.channelsFirst = channelsFirst || flat;
    this.heightPx = Math.toIntExact(shape.get(flat || !channelsFirst ? 1 : 2));
    this.widthPx = Math.toIntExact(shape.get(flat || !channelsFirst ? 2 : 3));
    this.binary = threshold.isPresent();
    this.least = (float) (binary ? last.before(threshold.getAsDouble()) : last.floor());
    this.masks = new byte[Math.toIntExact(shape.get(0))][widthPx * heightPx];
    this.best = new float[binary ? 0 : widthPx * heightPx];
  }

  /** Returns whether a threshold decides, not the largest class. */
  public boolean isBinary() {
    return binary;
  }

  /** Makes the mask of one slot; NaN is above no threshold and the largest of no classes. */
  public void run(FloatBuffer output, int slot) {
    byte[] mask = masks[slot];
    int first = slot * classes * mask.length;
    if (binary) {
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) (output.get(first + i) > least ? 1 : 0);
      }
      return;
    }
    Arrays.fill(best, least);
    Arrays.fill(mask, (byte) 0);
    int pixelStride = channelsFirst ? 1 : classes;
    int classStride = channelsFirst ? mask.length : 1;
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < mask.length; i++) {
        float score = output.get(first + c * classStride + i * pixelStride);
        if (score > best[i]) {
          best[i] = score;
          mask[i] = (byte) c;
        }
      }
    }
  }

  /** Returns a copy of a slot's mask. */
  public ClassMask mask(int slot) {
    return new ClassMask(widthPx, heightPx, masks[slot].clone());
  }
}
