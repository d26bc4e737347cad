package io.stagemark.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the section {@code measure}. */
final class MeasureKeys {
  private static final double WARMUP_FACTOR = 10;

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
    MeasureSettings settings =
        new MeasureSettings(
            keys.get(RunKeys.TRIALS).intValue(),
            warmupSeconds,
            keys.get(RunKeys.WARMUP_BATCHES).intValue(),
            keys.find(RunKeys.MAX_WARMUP_SECONDS).orElse(WARMUP_FACTOR * warmupSeconds),
            keys.get(RunKeys.MIN_SECONDS),
            keys.get(RunKeys.MIN_BATCHES).intValue(),
            keys.get(RunKeys.MAX_BATCHES).intValue(),
            keys.get(RunKeys.TOTAL_FROM),
            keys.get(RunKeys.SEED),
            keys.get(RunKeys.TRIAL_TIMEOUT_SECONDS).intValue(),
            keys.get(RunKeys.HEAP_MIB).intValue(),
            keys.get(RunKeys.SUB_STAGES),
            keys.get(RunKeys.CAUSES),
            keys.get(RunKeys.OPERATORS),
            new LoadKeys(problems).read(keys));
    checkTogether(keys, settings);
    return settings;
  }

  /** Returns whether more threads than cores were asked for on purpose. */
  boolean allowsOversubscription() {
    return allowsOversubscription;
  }

  private void checkTogether(Section keys, MeasureSettings settings) {
    if (settings.minBatches() > settings.maxBatches()) {
      problems.add(
          keys.placeOf(RunKeys.MIN_BATCHES),
          settings.minBatches() + ", more than maxBatches " + settings.maxBatches(),
          "at most maxBatches",
          "maxBatches: " + settings.minBatches());
    }
    if (settings.maxWarmupSeconds() < settings.warmupSeconds()) {
      problems.add(
          keys.placeOf(RunKeys.MAX_WARMUP_SECONDS),
          "%s, less than warmupSeconds %s"
              .formatted(
                  ValueRange.shortest(settings.maxWarmupSeconds()),
                  ValueRange.shortest(settings.warmupSeconds())),
          "at least warmupSeconds",
          "maxWarmupSeconds: " + ValueRange.shortest(WARMUP_FACTOR * settings.warmupSeconds()));
    }
    double least = settings.maxWarmupSeconds() + settings.minSeconds();
    if (least >= settings.trialTimeoutSeconds()) {
      problems.add(
          keys.placeOf(RunKeys.TRIAL_TIMEOUT_SECONDS),
          settings.trialTimeoutSeconds()
              + " seconds, too short for maxWarmupSeconds and minSeconds",
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
