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
    return of(new Goal(Optional.empty(), 30, 10), new Warmup(seconds, batches, maxSeconds));
  }

  /** Returns settings with that goal. */
  public static MeasureSettings goal(Goal goal) {
    return of(goal, new Warmup(2, 5, 20));
  }

  private static MeasureSettings of(Goal goal, Warmup warmup) {
    return new MeasureSettings(
        3,
        goal,
        warmup,
        new Window(5, 64, 100_000, TotalFrom.FILE),
        42,
        new Limits(600, 2048),
        new Extras(false, true, false),
        LoadSettings.singleStream());
  }
}
