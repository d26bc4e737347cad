package io.stagemark.config;

import io.stagemark.config.MeasureSettings.Extras;
import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.config.MeasureSettings.Limits;
import io.stagemark.config.MeasureSettings.Warmup;
import io.stagemark.config.MeasureSettings.Window;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the section {@code measure}. */
final class MeasureKeys {
  private static final double WARMUP_FACTOR = 10;
  private static final int MORE_TRIALS = 10;

  private final Problems problems;
  private boolean allowsOversubscription;

  MeasureKeys(Problems problems) {
    this.problems = problems;
  }

  /** Returns the settings; defaults for keys that are left out. */
  MeasureSettings read(Section root) {
    Optional<Section> section = root.child(RunKeys.MEASURE);
    Section keys = section.orElseGet(MeasureKeys::empty).knowing(RunKeys.MEASURE_KEYS);
    allowsOversubscription = keys.get(RunKeys.ALLOW_OVERSUBSCRIPTION);
    double warmupSeconds = keys.get(RunKeys.WARMUP_SECONDS);
    int trials = keys.get(RunKeys.TRIALS).intValue();
    MeasureSettings settings =
        new MeasureSettings(
            trials,
            new Goal(
                keys.find(RunKeys.PRECISION),
                keys.find(RunKeys.MAX_TRIALS).map(Long::intValue).orElse(MORE_TRIALS * trials),
                keys.get(RunKeys.MAX_MINUTES)),
            new Warmup(
                warmupSeconds,
                keys.get(RunKeys.WARMUP_BATCHES).intValue(),
                keys.find(RunKeys.MAX_WARMUP_SECONDS).orElse(WARMUP_FACTOR * warmupSeconds)),
            new Window(
                keys.get(RunKeys.MIN_SECONDS),
                keys.get(RunKeys.MIN_BATCHES).intValue(),
                keys.get(RunKeys.MAX_BATCHES).intValue(),
                keys.get(RunKeys.TOTAL_FROM)),
            keys.get(RunKeys.SEED),
            new Limits(
                keys.get(RunKeys.TRIAL_TIMEOUT_SECONDS).intValue(),
                keys.get(RunKeys.HEAP_MIB).intValue()),
            new Extras(
                keys.get(RunKeys.SUB_STAGES),
                keys.get(RunKeys.CAUSES),
                keys.get(RunKeys.OPERATORS)),
            new LoadKeys(problems).read(keys));
    checkTogether(keys, settings);
    return settings;
  }

  /** Returns whether more threads than cores were asked for on purpose. */
  boolean allowsOversubscription() {
    return allowsOversubscription;
  }

  private void checkTogether(Section keys, MeasureSettings settings) {
    Warmup warmup = settings.warmup();
    Window window = settings.window();
    if (settings.goal().maxTrials() < settings.trials()) {
      problems.add(
          keys.placeOf(RunKeys.MAX_TRIALS),
          settings.goal().maxTrials() + ", fewer than trials " + settings.trials(),
          "at least trials",
          "maxTrials: " + settings.trials());
    }
    if (window.minBatches() > window.maxBatches()) {
      problems.add(
          keys.placeOf(RunKeys.MIN_BATCHES),
          window.minBatches() + ", more than maxBatches " + window.maxBatches(),
          "at most maxBatches",
          "maxBatches: " + window.minBatches());
    }
    if (warmup.maxWarmupSeconds() < warmup.warmupSeconds()) {
      problems.add(
          keys.placeOf(RunKeys.MAX_WARMUP_SECONDS),
          "%s, less than warmupSeconds %s"
              .formatted(
                  ValueRange.shortest(warmup.maxWarmupSeconds()),
                  ValueRange.shortest(warmup.warmupSeconds())),
          "at least warmupSeconds",
          "maxWarmupSeconds: " + ValueRange.shortest(WARMUP_FACTOR * warmup.warmupSeconds()));
    }
    double least = warmup.maxWarmupSeconds() + window.minSeconds();
    int timeout = settings.limits().trialTimeoutSeconds();
    if (least >= timeout) {
      problems.add(
          keys.placeOf(RunKeys.TRIAL_TIMEOUT_SECONDS),
          timeout + " seconds, too short for maxWarmupSeconds and minSeconds",
          "more than their sum, %s seconds, and time to load the model"
              .formatted(ValueRange.shortest(least)),
          "trialTimeoutSeconds: " + (long) (2 * least + 60));
    }
  }

  private static Section empty() {
    MappingNode nothing = (MappingNode) YamlFile.example("{}");
    return new Section(new Problems(), nothing, RunKeys.MEASURE.name());
  }
}
