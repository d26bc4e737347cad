package io.stagemark.run.input;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The data set of a run, opened once for each model, since models differ in their class names. */
public final class RunDatasets {
  private RunDatasets() {}

  /**
   * Opens and checks the data set as every model of the config sees it.
   *
   * @throws BadInputException with everything that is wrong with it
   */
  public static Map<ModelCard, Dataset> open(RunConfig config) throws BadInputException {
    return open(config, model -> Datasets.open(config.dataset(), model.view()));
  }

  /**
   * Lists the data set as every model of the config sees it, without looking at the pictures.
   *
   * @throws BadInputException with everything that is wrong with what was read
   */
  public static Map<ModelCard, Dataset> list(RunConfig config) throws BadInputException {
    Set<Problem> problems = new LinkedHashSet<>();
    Map<ModelCard, Dataset> listed = new LinkedHashMap<>();
    for (ModelCard model : models(config).keySet()) {
      try {
        listed.put(model, Datasets.list(config.dataset(), model.view()));
      } catch (BadInputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(List.copyOf(problems));
    }
    return listed;
  }

  /**
   * Opens as {@link #open(RunConfig)} does, but looks only at the pictures and the truth of some
   * examples.
   *
   * @param shares some examples of the listed ones, for each model; they may be none
   */
  public static Map<ModelCard, Dataset> open(RunConfig config, Map<ModelCard, Dataset> shares)
      throws BadInputException {
    return open(
        config,
        model -> {
          Dataset share = Objects.requireNonNull(shares.get(model));
          List<String> ids = share.examples().stream().map(Example::id).toList();
          return ids.isEmpty() ? share : Datasets.open(config.dataset().only(ids), model.view());
        });
  }

  /** How the data set is opened for a model. */
  private interface Opening {
    Dataset of(ModelCard model) throws BadInputException;
  }

  /** Returns each model with the first case that uses it. */
  private static Map<ModelCard, CaseSpec> models(RunConfig config) {
    Map<ModelCard, CaseSpec> models = new LinkedHashMap<>();
    config.cases().forEach(spec -> models.putIfAbsent(spec.model(), spec));
    return models;
  }

  private static Map<ModelCard, Dataset> open(RunConfig config, Opening opening)
      throws BadInputException {
    Set<Problem> problems = new LinkedHashSet<>();
    Map<ModelCard, Dataset> opened = new LinkedHashMap<>();
    for (CaseSpec spec : models(config).values()) {
      try {
        Dataset dataset = opening.of(spec.model());
        opened.put(spec.model(), dataset);
        problems.addAll(PictureCheck.problems(spec, dataset));
        problems.addAll(
            new SizeCheck()
                .problems(
                    config.cases().stream().filter(c -> c.model().equals(spec.model())).toList(),
                    dataset,
                    config.score()));
        problems.addAll(new TruthCheck().problems(spec, dataset, config.score()));
      } catch (BadInputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(List.copyOf(problems));
    }
    return opened;
  }

  /** Returns the first of them, with what is to be said of each. */
  public static Dataset joined(Map<ModelCard, Dataset> opened) {
    Dataset first = opened.values().iterator().next();
    Set<String> notes = new LinkedHashSet<>();
    for (Dataset each : opened.values()) {
      notes.addAll(each.notes()); // models of other classes leave out other truth
    }
    return new Dataset(first.name(), first.examples(), List.copyOf(notes));
  }
}
