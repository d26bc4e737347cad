package io.stagemark.preprocess;

import org.opencv.core.Mat;

/** Opens {@link ImageStage#place} to the benchmarks: pixels without a file. */
public final class StageAccess {
  private StageAccess() {}

  public static void place(ImageStage stage, int slot, Mat image) {
    stage.place(slot, image);
  }
}
