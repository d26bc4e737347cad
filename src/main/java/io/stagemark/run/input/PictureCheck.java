package io.stagemark.run.input;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.Problem;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.preprocess.PreprocessSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a model's preprocessing takes pictures of the sizes that a data set has. */
final class PictureCheck {
  private static final int MAX_SHOWN = 20;

  private PictureCheck() {}

  /** Returns the first problems, the last of them with how many more there are. */
  static List<Problem> problems(CaseSpec spec, Dataset dataset) {
    Optional<PreprocessSettings> settings = spec.model().task().preprocess();
    List<TensorSpec> inputs = spec.model().openInputs(spec.batch());
    List<Problem> problems = new ArrayList<>();
    if (settings.isEmpty() || inputs.size() != 1) {
      return problems;
    }
    int more = 0;
    for (Example example : dataset.examples()) {
      Optional<String> fault =
          example
              .image()
              .flatMap(
                  it ->
                      ImageStage.fault(settings.get(), inputs.get(0), it.widthPx(), it.heightPx()));
      if (fault.isPresent() && problems.size() < MAX_SHOWN) {
        problems.add(problem(spec, example.where(), fault.get()));
      } else if (fault.isPresent()) {
        more++;
      }
    }
    if (more > 0) {
      problems.add(problem(spec, dataset.name(), "and " + more + " more such pictures"));
    }
    return problems;
  }

  private static Problem problem(CaseSpec spec, String where, String found) {
    return new Problem(
        where,
        found,
        "a picture that the preprocessing of model " + spec.model().name() + " takes",
        "take it out of the data set, or change preprocess in the model card");
  }
}
