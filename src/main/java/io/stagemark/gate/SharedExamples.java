package io.stagemark.gate;

import io.stagemark.config.RunConfig;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.result.comparison.Change;
import io.stagemark.run.input.RunDatasets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The examples that both sides of a gate have: where a change touches the data set, the two are
 * compared on what is the same in both.
 *
 * @param baseline the data set that its JVMs measure
 * @param candidate likewise; of the same examples
 * @param changes what was left out, and why
 */
record SharedExamples(Dataset baseline, Dataset candidate, List<Change> changes) {
  private static final int MAX_NAMED = 3;

  /**
   * Opens both data sets.
   *
   * @throws BadInputException if one is wrong, or they have nothing in common
   */
  static SharedExamples of(GateConfig gate) throws BadInputException, IOException {
    Dataset before = open(gate.baseline().config());
    Dataset after = open(gate.candidate().config());
    if (gate.baseline().config().dataset().equals(gate.candidate().config().dataset())) {
      return new SharedExamples(before, after, List.of()); // one data set: no file is read for it
    }
    Map<String, String> digests = digests(before);
    Map<String, String> others = digests(after);
    if (List.copyOf(digests.entrySet()).equals(List.copyOf(others.entrySet()))) {
      return new SharedExamples(before, after, List.of());
    }
    List<String> gone = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    Set<String> both = new LinkedHashSet<>();
    for (Map.Entry<String, String> each : digests.entrySet()) {
      String other = others.get(each.getKey());
      if (other == null) {
        gone.add(each.getKey());
      } else if (other.equals(each.getValue())) {
        both.add(each.getKey());
      } else {
        changed.add(each.getKey());
      }
    }
    List<String> added = others.keySet().stream().filter(id -> !digests.containsKey(id)).toList();
    requireComparable(gate, before, after, both);
    return new SharedExamples(
        only(before, both),
        only(after, both),
        List.of(
            new Change(
                "data set",
                before.examples().size() + " examples",
                "%d examples%s%s%s; compared on the %d that both have"
                    .formatted(
                        after.examples().size(),
                        named(", new: ", added),
                        named(", gone: ", gone),
                        named(", changed: ", changed),
                        both.size()))));
  }

  private static void requireComparable(
      GateConfig gate, Dataset before, Dataset after, Set<String> both) throws BadInputException {
    boolean sequences =
        before.examples().stream().anyMatch(e -> !e.startsSequence())
            || after.examples().stream().anyMatch(e -> !e.startsSequence());
    if (both.isEmpty() || sequences) {
      throw new BadInputException(
          new Problem(
              gate.candidate().config().file().toString() + ": dataset",
              sequences
                  ? "sequences that differ from the baseline's"
                  : "no example that is the same in the baseline's data set",
              "a data set that both sides have, or part of one",
              "change the data set in a commit of its own, which the gate need not compare"));
    }
  }

  private static Dataset open(RunConfig config) throws BadInputException {
    return RunDatasets.joined(RunDatasets.open(config));
  }

  private static Map<String, String> digests(Dataset dataset) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (Example example : dataset.examples()) {
      digests.put(
          example.id(), Datasets.digest(new Dataset(dataset.name(), List.of(example), List.of())));
    }
    return digests;
  }

  private static Dataset only(Dataset dataset, Set<String> ids) {
    return new Dataset(
        dataset.name(),
        dataset.examples().stream().filter(e -> ids.contains(e.id())).toList(),
        dataset.notes());
  }

  private static String named(String before, List<String> ids) {
    if (ids.isEmpty()) {
      return "";
    }
    String first = String.join(", ", ids.subList(0, Math.min(MAX_NAMED, ids.size())));
    return before + (ids.size() > MAX_NAMED ? "%d (%s, …)".formatted(ids.size(), first) : first);
  }
}
