package io.stagemark.task;

import io.stagemark.data.ClassMask;
import io.stagemark.data.Geometry;
import io.stagemark.data.ImageSize;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.preprocess.GreyImage;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.preprocess.PreprocessSettings;
import java.io.IOException;

/**
 * A mask of the source image brought to the model's output: each output pixel takes the mask's
 * pixel under its centre. Pixels outside the image (a letterbox's border) do not count.
 */
final class TrueMask {
  private final int classes;
  private final boolean binary;
  private final PreprocessSettings settings;
  private final TensorSpec input;

  /**
   * @param classes of the model's output; 1 for a binary model
   * @param binary whether every pixel but 0 is the one class: 255 and 1 alike
   * @param settings of the card
   * @param input of the model, whose size may be by image
   */
  TrueMask(int classes, boolean binary, PreprocessSettings settings, TensorSpec input) {
    this.classes = classes;
    this.binary = binary;
    this.settings = settings;
    this.input = input;
  }

  /**
   * Returns the mask at the output's resolution, {@link ClassMask#IGNORED} where it does not count.
   */
  ClassMask read(Truth.Mask truth, Geometry geometry, int widthPx, int heightPx)
      throws TaskException {
    GreyImage mask = read(truth);
    if (mask.widthPx() != geometry.sourceWidthPx()
        || mask.heightPx() != geometry.sourceHeightPx()) {
      throw new TaskException(
          "mask %s is of %dx%d px, its image of %dx%d"
              .formatted(
                  truth.file(),
                  mask.widthPx(),
                  mask.heightPx(),
                  geometry.sourceWidthPx(),
                  geometry.sourceHeightPx()));
    }
    ImageSize size = ImageStage.inputSize(settings, input, mask.widthPx(), mask.heightPx());
    double inputWidthPx = size.widthPx();
    double inputHeightPx = size.heightPx();
    byte[] ids = new byte[widthPx * heightPx];
    for (int y = 0; y < heightPx; y++) {
      int sourceY = (int) Math.floor(geometry.sourceY((y + .5) * inputHeightPx / heightPx));
      for (int x = 0; x < widthPx; x++) {
        int sourceX = (int) Math.floor(geometry.sourceX((x + .5) * inputWidthPx / widthPx));
        boolean inside =
            sourceX >= 0 && sourceX < mask.widthPx() && sourceY >= 0 && sourceY < mask.heightPx();
        ids[y * widthPx + x] =
            (byte)
                (inside
                    ? id(truth, mask.at(sourceX, sourceY), sourceX, sourceY)
                    : ClassMask.IGNORED);
      }
    }
    return new ClassMask(widthPx, heightPx, ids);
  }

  /** Throws for the first pixel that has no class. */
  void check(Truth.Mask truth) throws TaskException {
    GreyImage mask = read(truth);
    for (int y = 0; y < mask.heightPx(); y++) {
      for (int x = 0; x < mask.widthPx(); x++) {
        id(truth, mask.at(x, y), x, y);
      }
    }
  }

  private static GreyImage read(Truth.Mask truth) throws TaskException {
    try {
      return GreyImage.read(truth.file());
    } catch (IOException e) {
      throw new TaskException(String.valueOf(e.getMessage()), e);
    }
  }

  private int id(Truth.Mask truth, int value, int x, int y) throws TaskException {
    boolean known =
        binary ? value <= 1 || value == 255 : value < classes || value == ClassMask.IGNORED;
    if (!known) {
      throw new TaskException(
          "mask %s has %d at (%d, %d); expected %s"
              .formatted(
                  truth.file(),
                  value,
                  x,
                  y,
                  binary
                      ? "0, 1 or 255"
                      : "a class from 0 to " + (classes - 1) + ", or 255 for none"));
    }
    return binary ? Math.min(value, 1) : value;
  }
}
