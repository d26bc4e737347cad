package io.stagemark.config;

import io.stagemark.config.LoadSettings.Scenario;
import io.stagemark.config.MeasureSettings.TotalFrom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the keys of section {@code measure} that define the load. */
final class LoadKeys {
  /** The keys of its own that a scenario must have and may have. */
  private record Uses(List<Key<?>> needed, List<Key<?>> allowed) {
    static Uses of(Scenario scenario) {
      return switch (scenario) {
        case SINGLE_STREAM -> new Uses(List.of(), List.of());
        case MULTI_STREAM, OFFLINE -> new Uses(List.of(), List.of(RunKeys.STREAMS));
        case SERVER -> new Uses(List.of(RunKeys.RATE), List.of(RunKeys.STREAMS));
        case SERVER_SEARCH ->
            new Uses(
                List.of(RunKeys.LATENCY_BOUND_MS),
                List.of(RunKeys.STREAMS, RunKeys.LATENCY_PERCENT));
        case PACED -> new Uses(List.of(RunKeys.GAP_MS), List.of());
      };
    }
  }

  private static final List<Key<?>> OWN =
      List.of(
          RunKeys.STREAMS,
          RunKeys.RATE,
          RunKeys.LATENCY_BOUND_MS,
          RunKeys.LATENCY_PERCENT,
          RunKeys.GAP_MS);

  private final Problems problems;

  LoadKeys(Problems problems) {
    this.problems = problems;
  }

  /** Returns the settings; a key that its scenario does not use, or misses, is a problem. */
  LoadSettings read(Section measure) {
    Scenario scenario = measure.get(RunKeys.SCENARIO);
    Uses uses = Uses.of(scenario);
    for (Key<?> key : OWN) {
      if (!uses.needed().contains(key) && !uses.allowed().contains(key)) {
        refuse(measure, key, scenario);
      } else if (uses.needed().contains(key) && !measure.has(key)) {
        problems.add(
            measure.placeOf(key),
            "nothing: the key is missing",
            key.range().expected() + " (scenario " + scenario.label() + " needs it)",
            key.line());
      }
    }
    checkTotal(measure, scenario);
    Optional<String> affinity = measure.find(RunKeys.CPU_AFFINITY);
    affinity.ifPresent(cpus -> checkAffinity(measure, cpus));
    return new LoadSettings(
        scenario,
        measure.find(RunKeys.STREAMS).map(Long::intValue).or(() -> streams(scenario)),
        measure.find(RunKeys.RATE),
        measure.find(RunKeys.LATENCY_BOUND_MS),
        measure.find(RunKeys.LATENCY_PERCENT).orElse(LoadSettings.DEFAULT_PERCENT),
        measure.find(RunKeys.GAP_MS),
        affinity);
  }

  /** Decoding can be left out of the wall time of one batch after the other alone. */
  private void checkTotal(Section measure, Scenario scenario) {
    if (scenario != Scenario.SINGLE_STREAM
        && measure.find(RunKeys.TOTAL_FROM).equals(Optional.of(TotalFrom.IMAGE))) {
      problems.add(
          measure.placeOf(RunKeys.TOTAL_FROM),
          "image with scenario " + scenario.label(),
          "file: from image on, total and FPS are those of single-stream alone",
          "totalFrom: file");
    }
  }

  private static Optional<Integer> streams(Scenario scenario) {
    return switch (scenario) {
      case OFFLINE -> Optional.empty();
      case MULTI_STREAM -> Optional.of(2);
      case SINGLE_STREAM, SERVER, SERVER_SEARCH, PACED -> Optional.of(1);
    };
  }

  private void refuse(Section measure, Key<?> key, Scenario scenario) {
    if (measure.has(key)) {
      List<String> users =
          Stream.of(Scenario.values())
              .filter(each -> uses(each, key))
              .map(Scenario::label)
              .toList();
      problems.add(
          measure.placeOf(key),
          "a key that scenario " + scenario.label() + " does not use",
          "one of these scenarios with it: " + String.join(", ", users),
          "remove this line, or scenario: " + users.get(0));
    }
  }

  private static boolean uses(Scenario scenario, Key<?> key) {
    Uses uses = Uses.of(scenario);
    return uses.needed().contains(key) || uses.allowed().contains(key);
  }

  private void checkAffinity(Section measure, String cpus) {
    CpuAffinity.problem(cpus)
        .ifPresent(
            what ->
                problems.add(
                    measure.placeOf(RunKeys.CPU_AFFINITY),
                    what.found(),
                    what.expected(),
                    what.tryThis()));
  }

  /** Refuses cases whose streams together want more threads than there are. */
  void checkThreads(Section root, LoadSettings load, List<CaseSpec> cases, int mostThreads) {
    int streams = load.streams().orElse(1);
    Optional<CaseSpec> tooMany =
        cases.stream()
            .filter(each -> each.settings().threads() <= mostThreads)
            .filter(each -> (long) streams * each.settings().threads() > mostThreads)
            .findFirst();
    if (streams > 1 && tooMany.isPresent()) {
      Section measure = root.child(RunKeys.MEASURE).orElse(root);
      int threads = tooMany.get().settings().threads();
      problems.add(
          measure.placeOf(RunKeys.STREAMS),
          "%s streams of %s threads each on a machine of %s cores"
              .formatted(streams, threads, mostThreads),
          "streams × threads of at most %s, or measure.allowOversubscription: true"
              .formatted(mostThreads),
          "streams: " + Math.max(1, mostThreads / threads));
    }
  }
}
