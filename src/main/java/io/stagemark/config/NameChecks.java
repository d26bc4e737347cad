package io.stagemark.config;

import io.stagemark.config.Section.Entry;
import io.stagemark.data.NearestName;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.DatasetKey;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the lists {@code score} and {@code reports}: names that must exist, each once. */
final class NameChecks {
  private final Catalog catalog;
  private final Problems problems;

  NameChecks(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  /** Returns the scores; every model's task must know each, and the data set must have truth. */
  List<String> scores(Section root, List<CaseSpec> cases, Optional<DatasetSettings> dataset) {
    List<Entry<String>> entries =
        root.list(RunKeys.SCORE).stream()
            .map(entry -> new Entry<>(ScoreNames.current(entry.value()), entry.place()))
            .toList();
    if (!entries.isEmpty() && dataset.isPresent() && !dataset.get().hasTruth()) {
      problems.add(
          root.placeOf(RunKeys.SCORE),
          "scores of a data set of format " + dataset.get().format(),
          expectedTruth(Datasets.format(dataset.get())),
          "score: []");
    }
    List<String> tasks =
        cases.stream()
            .map(each -> each.model().task().task())
            .filter(catalog.tasks().names()::contains)
            .distinct()
            .toList();
    if (tasks.isEmpty()) {
      return names(entries);
    }
    List<String> known = new ArrayList<>(catalog.tasks().get(tasks.get(0)).scores());
    tasks.forEach(task -> known.retainAll(catalog.tasks().get(task).scores()));
    new ScoreChecks(catalog, problems).check(cases, entries);
    return known(entries, known, "score of task " + String.join(" and ", tasks), RunKeys.SCORE);
  }

  private static String expectedTruth(DatasetFormat format) {
    String coco = "no scores: such a data set has no truth; or dataset.format coco";
    if (!format.optional().contains(DatasetKey.TARGETS)) {
      return coco;
    }
    return format.holdsTensors()
        ? "no scores, or dataset.targets: without targets there is no truth"
        : coco + ", or dataset.targets for a model without a decoder";
  }

  List<String> reports(Section root) {
    return known(root.list(RunKeys.REPORTS), catalog.reporters(), "reporter", RunKeys.REPORTS);
  }

  private List<String> known(
      List<Entry<String>> entries, List<String> names, String what, Key<String> key) {
    for (Entry<String> entry : entries) {
      if (!names.contains(entry.value())) {
        problems.add(
            entry.place(),
            YamlText.oneLine(entry.value()) + ": no such " + what,
            names.isEmpty() ? "none: there is none" : "one of: " + String.join(", ", names),
            NearestName.of(entry.value(), names)
                .or(() -> names.stream().findFirst())
                .map(near -> key.name() + ": [" + near + "]")
                .orElse(key.name() + ": []"));
      }
    }
    List<String> seen = new ArrayList<>();
    for (Entry<String> entry : entries) {
      if (seen.contains(entry.value())) {
        problems.add(
            entry.place(), entry.value() + " a second time", "each name once", "remove one");
      }
      seen.add(entry.value());
    }
    return names(entries);
  }

  private static List<String> names(List<Entry<String>> entries) {
    return entries.stream().map(Entry::value).toList();
  }
}
