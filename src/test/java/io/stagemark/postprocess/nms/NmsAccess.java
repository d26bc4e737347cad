package io.stagemark.postprocess.nms;

/** Opens the plain twin to the benchmarks. */
public final class NmsAccess {
  private NmsAccess() {}

  /** Returns {@link HardNms} on the plain overlap test, whatever {@code VectorApi} chose. */
  public static HardNms plain(double iouThreshold) {
    return new HardNms(
        iouThreshold,
        HardNms.Classes.APART,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        new PlainOverlapTest());
  }
}
