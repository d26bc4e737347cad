package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.Policy.Factor;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.comparison.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Differences between two runs other than the change that is to be judged. */
final class Confounders {
  /** Keys of {@code measure} that change how much is measured, not what. */
  private static final List<String> AMOUNT_KEYS =
      List.of("trials", "seed", "minSeconds", "minBatches", "maxBatches", "trialTimeoutSeconds");

  private final Policy policy;
  private final List<Difference> found = new ArrayList<>();

  private Confounders(Policy policy) {
    this.policy = policy;
  }

  /** Returns every difference between two cases and their runs. */
  static List<Difference> between(
      StoredRun baseline, CaseResult before, StoredRun candidate, CaseResult after, Policy policy) {
    Confounders confounders = new Confounders(policy);
    confounders.environments(
        baseline.result().environment(), candidate.result().environment(), before);
    confounders.settings(baseline, before, candidate, after);
    confounders.keys(before.key(), after.key());
    return confounders.found;
  }

  private void environments(Environment a, Environment b, CaseResult before) {
    add(Factor.CPU, a.cpu(), b.cpu());
    add(Factor.CORES, a.cores(), b.cores());
    add(Factor.OS, a.os(), b.os());
    add(Factor.JDK, a.jdk(), b.jdk());
    add(Factor.JVM_FLAGS, a.jvmFlags(), b.jvmFlags());
    // An engine that this case does not use cannot have changed it.
    String engine = before.key().engine();
    add(Factor.LIBRARIES, libraries(a, engine), libraries(b, engine));
    Map<String, String> natives = natives(a);
    Map<String, String> others = natives(b);
    natives.keySet().retainAll(others.keySet());
    others.keySet().retainAll(natives.keySet());
    add(Factor.LIBRARIES, natives, others);
  }

  /** Digests of the native libraries that trials had loaded; none in older files. */
  private static Map<String, String> natives(Environment environment) {
    return new TreeMap<>(environment.machine().map(it -> it.software().natives()).orElse(Map.of()));
  }

  private static Map<String, String> libraries(Environment environment, String engine) {
    Map<String, String> used = new TreeMap<>(environment.libraries());
    used.keySet().removeIf(name -> !name.equals(engine) && !name.equals("opencv"));
    return used;
  }

  private void settings(
      StoredRun baseline, CaseResult before, StoredRun candidate, CaseResult after) {
    add(
        Factor.DATASET,
        baseline.result().dataset().sha256(),
        candidate.result().dataset().sha256());
    if (!baseline.result().isScoredOnly() && !candidate.result().isScoredOnly()) {
      add(Factor.MEASURE, measure(baseline), measure(candidate)); // a score depends on none of it
    }
    add(Factor.MODEL, model(baseline, before), model(candidate, after));
  }

  private static Map<String, Object> measure(StoredRun run) {
    Map<String, Object> measure = new TreeMap<>();
    if (run.result().config().get("measure") instanceof Map<?, ?> settings) {
      settings.forEach((key, value) -> measure.put(String.valueOf(key), value));
    }
    AMOUNT_KEYS.forEach(measure::remove);
    return measure;
  }

  /** The digests of the model's files and what the card says of pre- and postprocessing. */
  private static String model(StoredRun run, CaseResult one) {
    Map<String, String> digests = new TreeMap<>();
    String task = "";
    Map<?, ?> spec = run.config(one.key()).orElse(Map.of());
    if (spec.get("model") instanceof Map<?, ?> model) {
      if (model.get("files") instanceof Map<?, ?> files) {
        files.forEach((format, file) -> digests.put(String.valueOf(format), digest(file)));
      }
      task = Integer.toHexString(Objects.hashCode(model.get("task")));
    }
    return one.key().model() + " " + digests + " card " + task;
  }

  private static String digest(Object file) {
    return file instanceof Map<?, ?> entry ? String.valueOf(entry.get("sha256")) : "";
  }

  private void keys(CaseResult.Key a, CaseResult.Key b) {
    add(Factor.ENGINE, a.engine(), b.engine());
    add(Factor.DEVICE, a.device(), b.device());
    add(Factor.THREADS, a.threads(), b.threads());
    add(Factor.BATCH, a.batch(), b.batch());
    if (a.engine().equals(b.engine())) {
      add(Factor.OPTIONS, new TreeMap<>(a.options()), new TreeMap<>(b.options()));
    }
  }

  private void add(Factor factor, Object baseline, Object candidate) {
    if (!baseline.equals(candidate)) {
      found.add(
          new Difference(
              factor, String.valueOf(baseline), String.valueOf(candidate), policy.allows(factor)));
    }
  }
}
