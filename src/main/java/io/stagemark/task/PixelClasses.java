package io.stagemark.task;

import io.stagemark.data.Prediction;
import io.stagemark.postprocess.MaskPostprocessor;
import java.nio.FloatBuffer;

/** The class of each pixel. */
record PixelClasses(MaskPostprocessor masks) implements ScoresSession.Selection {
  @Override
  public void run(FloatBuffer scores, int slot) {
    masks.run(scores, slot);
  }

  @Override
  public Prediction prediction(int slot) {
    return new Prediction.Mask(masks.mask(slot));
  }
}
