package io.stagemark.config;

import io.stagemark.config.CaseAxes.Named;
import java.util.ArrayList;
import java.util.List;

/**
 * The cases of a config: the product of the lists, less what {@code exclude} matches, and then what
 * {@code include} adds. A key that an include leaves out takes every value of its list; a key that
 * an exclude leaves out matches any value.
 */
final class CaseMatrix {
  /**
   * The most cases of a run: more would not end within a month, and the product of five lists grows
   * fast.
   */
  private static final int MAX_CASES = 10_000;

  private final Problems problems;
  private final CaseChecks checks;

  CaseMatrix(Problems problems, CaseChecks checks) {
    this.problems = problems;
    this.checks = checks;
  }

  /** Returns the cases in the order of the lists; reports what is wrong with them. */
  List<Named> read(Section cases) {
    cases.knowing(RunKeys.CASES_KEYS);
    boolean productLess =
        cases.has(RunKeys.INCLUDE) && !cases.has(RunKeys.MODEL) && !cases.has(RunKeys.ENGINE);
    int before = problems.count();
    CaseAxes axes = productLess ? open(cases) : axes(cases);
    if (problems.count() > before) {
      checks.checkNames(axes);
      cases.children(RunKeys.EXCLUDE).forEach(CaseMatrix::partial);
      cases.children(RunKeys.INCLUDE).forEach(each -> checks.checkNames(partial(each)));
      return List.of();
    }
    if (axes.size() > MAX_CASES) {
      problems.add(
          cases.place(),
          axes.size() + " cases",
          "at most " + MAX_CASES + " cases in a run",
          "shorten a list");
      return List.of();
    }
    List<Named> chosen = new ArrayList<>(axes.product());
    cases.children(RunKeys.EXCLUDE).forEach(each -> exclude(each, chosen));
    cases.children(RunKeys.INCLUDE).forEach(each -> include(each, axes, chosen));
    if (chosen.isEmpty() && problems.count() == before) {
      problems.add(
          cases.placeOf(RunKeys.EXCLUDE),
          "every case excluded",
          "at least one case",
          "remove an exclude");
    }
    return chosen;
  }

  private static CaseAxes axes(Section section) {
    return new CaseAxes(
        section.list(RunKeys.MODEL),
        section.list(RunKeys.ENGINE),
        section.list(RunKeys.DEVICE),
        section.list(RunKeys.THREADS),
        section.list(RunKeys.BATCH));
  }

  /** The axes of a section whose keys may all be left out, without their defaults. */
  private static CaseAxes partial(Section section) {
    section.knowing(RunKeys.CASE_KEYS);
    return new CaseAxes(
        section.list(RunKeys.MODEL.orElse("")),
        section.list(RunKeys.ENGINE.orElse("")),
        section.list(RunKeys.DEVICE.orElse("")),
        section.list(RunKeys.THREADS.orElse("")),
        section.list(RunKeys.BATCH.orElse("")));
  }

  /** No model and no engine of their own: the product is empty, the includes name both. */
  private static CaseAxes open(Section section) {
    return new CaseAxes(
        List.of(),
        List.of(),
        section.list(RunKeys.DEVICE),
        section.list(RunKeys.THREADS),
        section.list(RunKeys.BATCH));
  }

  private void exclude(Section entry, List<Named> chosen) {
    int before = problems.count();
    CaseAxes axes = partial(entry);
    if (problems.count() == before && !chosen.removeIf(axes::matches)) {
      problems.add(
          entry.place(),
          "no case that it matches",
          "values of the lists above, as they are written there",
          "remove this entry, or mend its values");
    }
  }

  private void include(Section entry, CaseAxes lists, List<Named> chosen) {
    int before = problems.count();
    CaseAxes axes = partial(entry).orElse(lists);
    if (problems.count() > before) {
      return;
    }
    if (axes.models().isEmpty() || axes.engines().isEmpty()) {
      Key<String> missing = axes.models().isEmpty() ? RunKeys.MODEL : RunKeys.ENGINE;
      problems.add(
          entry.placeOf(missing),
          "nothing: the key is missing, and so is cases." + missing.name(),
          missing.range().expected(),
          missing.line());
    }
    if (axes.size() + chosen.size() <= MAX_CASES) {
      chosen.addAll(axes.product());
    } else {
      problems.add(
          entry.place(), "too many cases", "at most " + MAX_CASES + " in a run", "shorten a list");
    }
  }
}
