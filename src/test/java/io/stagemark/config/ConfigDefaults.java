package io.stagemark.config;

import io.stagemark.config.MeasureSettings.Extras;
import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.config.MeasureSettings.Limits;
import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.config.MeasureSettings.Warmup;
import io.stagemark.config.MeasureSettings.Window;
import java.util.Optional;

/** Settings for tests of what takes them. */
public final class ConfigDefaults {
  private ConfigDefaults() {}

  /** Returns settings with that warm-up. */
  public static MeasureSettings warmup(double seconds, int batches, double maxSeconds) {
    return new MeasureSettings(
        3,
        new Goal(Optional.empty(), 30, 10),
        new Warmup(seconds, batches, maxSeconds),
        new Window(5, 64, 100_000, TotalFrom.FILE),
        42,
        new Limits(600, 2048),
        new Extras(false, true, false),
        LoadSettings.singleStream());
  }
}
