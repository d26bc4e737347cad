package io.stagemark.config;

import io.stagemark.config.MeasureSettings.TotalFrom;

/** Settings for tests of what takes them. */
public final class ConfigDefaults {
  private ConfigDefaults() {}

  /** Returns settings with that warm-up. */
  public static MeasureSettings warmup(double seconds, int batches, double maxSeconds) {
    return new MeasureSettings(
        3,
        seconds,
        batches,
        maxSeconds,
        5,
        64,
        100_000,
        TotalFrom.FILE,
        42,
        600,
        2048,
        false,
        true,
        false,
        LoadSettings.singleStream());
  }
}
