package io.stagemark.dataset.coco;

import io.stagemark.data.LabelMap;
import io.stagemark.data.NearestName;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.FoundProblems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The model's class of every category that the annotations of the used images have. */
final class CocoClasses {
  private static final int MAX_NAMED = 5;

  private final Path json;
  private final boolean leaveOut;
  private final Optional<LabelMap> labels;
  private final CocoObjects objects;
  private final Map<Integer, Integer> classes = new HashMap<>();
  private final Map<String, Integer> firstOfName = new HashMap<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private int all;

  /**
   * @param labels the model's; empty if no model is known: then every category is class 0
   */
  CocoClasses(DatasetSettings settings, Optional<LabelMap> labels, CocoObjects objects) {
    this.json = settings.annotations().orElseThrow();
    this.leaveOut = settings.leavesOutUnknownClasses();
    this.labels = labels;
    this.objects = objects;
  }

  /** Maps the categories of these objects; one that the model lacks is reported, or left out. */
  void map(List<CocoObject> used, FoundProblems problems) {
    if (labels.isEmpty()) {
      return;
    }
    all = used.size();
    for (CocoObject object : used) {
      String name = objects.categoryName(object.category());
      int classId = labels.get().names().indexOf(name);
      if (classId < 0 && leaveOut) {
        leftOut.merge(name.isEmpty() ? "category " + object.category() : name, 1, Integer::sum);
      }
      if (classes.put(object.category(), classId) != null) {
        continue;
      }
      if (classId < 0 && !leaveOut) {
        refuse(object, name, problems);
      }
      Integer first = firstOfName.putIfAbsent(name, object.category());
      if (first != null && classId >= 0) {
        refuseTwice(object, first, name, problems);
      }
    }
    int left = leftOut.values().stream().mapToInt(Integer::intValue).sum();
    if (left > 0 && left == all) {
      problems.add(
          json + ": annotations",
          note().orElseThrow(),
          "an annotation of one of the model's %s classes".formatted(labels.get().size()),
          "name the categories as the model card's labels do");
    }
  }

  private void refuse(CocoObject object, String name, FoundProblems problems) {
    List<String> known = labels.orElseThrow().names();
    problems.add(
        object.where() + ".category_id",
        name.isEmpty()
            ? object.category() + ", a category without a name"
            : "%s, the category '%s', which the model does not have"
                .formatted(object.category(), name),
        "a category with the name of one of the model's %s classes".formatted(known.size()),
        NearestName.of(name, known)
            .map(near -> "\"name\": \"" + near + "\" in categories")
            .orElse(
                "name the category as the model card's labels do, or leave such truth out:"
                    + " dataset.unknownClasses: leave-out"));
  }

  private static void refuseTwice(
      CocoObject object, int first, String name, FoundProblems problems) {
    problems.add(
        object.where() + ".category_id",
        "%s, the category '%s', which is the name of category %s too"
            .formatted(object.category(), name, first),
        "one category of each name",
        "give one of the two another name");
  }

  /** Returns the model's class of a category; empty if its annotations are left out. */
  OptionalInt of(int category) {
    int classId = classes.getOrDefault(category, 0);
    return classId < 0 ? OptionalInt.empty() : OptionalInt.of(classId);
  }

  /** Returns what was left out; empty if nothing was. */
  Optional<String> note() {
    if (leftOut.isEmpty()) {
      return Optional.empty();
    }
    String most =
        leftOut.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MAX_NAMED)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    return Optional.of(
        ("%d of %d annotations are of %d classes that the model does not have, and are left out"
                + " (dataset.unknownClasses: leave-out): %s%s")
            .formatted(
                leftOut.values().stream().mapToInt(Integer::intValue).sum(),
                all,
                leftOut.size(),
                most,
                leftOut.size() > MAX_NAMED ? ", …" : ""));
  }
}
