package io.stagemark.trial;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Stage;
import io.stagemark.result.ClockProof;
import io.stagemark.trial.sample.Samples;

/** Reads the clock in a row to find its step and its cost, after the measurement. */
final class ClockProbe {
  private static final int READINGS = 20_000;

  private ClockProbe() {}

  static ClockProof prove(Samples samples, TotalFrom totalFrom) {
    long step = Long.MAX_VALUE;
    long start = System.nanoTime();
    long last = start;
    for (int i = 0; i < READINGS; i++) {
      long now = System.nanoTime();
      if (now > last) {
        step = Math.min(step, now - last);
      }
      last = now;
    }
    double cost = (last - start) / (double) READINGS;
    return new ClockProof(step == Long.MAX_VALUE ? 0 : step, cost, backwards(samples, totalFrom));
  }

  private static int backwards(Samples samples, TotalFrom totalFrom) {
    int backwards = 0;
    long[] total = samples.of(Stage.TOTAL);
    long[][] stages = {
      samples.of(Stage.PREPROCESS),
      samples.of(Stage.FORWARD),
      samples.of(Stage.POSTPROCESS),
      totalFrom == TotalFrom.FILE ? samples.of(Stage.DECODE) : new long[total.length]
    };
    for (int batch = 0; batch < total.length; batch++) {
      long rest = total[batch];
      boolean negative = false;
      for (long[] stage : stages) {
        negative |= stage[batch] < 0;
        rest -= stage[batch];
      }
      backwards += negative || rest < 0 ? 1 : 0;
    }
    return backwards;
  }
}
