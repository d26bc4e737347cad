package io.stagemark.task;

import io.stagemark.data.ClassMask;
import io.stagemark.data.Prediction;
import io.stagemark.postprocess.MaskPostprocessor;
import java.nio.FloatBuffer;

/**
 * The class of each pixel.
 *
 * @param inputWidthPx of the model
 * @param inputHeightPx of the model
 */
record PixelClasses(MaskPostprocessor masks, double inputWidthPx, double inputHeightPx)
    implements ScoresSession.Selection {
  @Override
  public boolean readsProbabilities() {
    return masks.isBinary();
  }

  @Override
  public void run(FloatBuffer scores, int slot) {
    masks.run(scores, slot);
  }

  @Override
  public Prediction prediction(int slot) {
    ClassMask mask = masks.mask(slot);
    return new Prediction.Mask(
        mask, inputWidthPx / mask.widthPx(), inputHeightPx / mask.heightPx());
  }
}
