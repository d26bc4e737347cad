package io.stagemark.task;

import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.metric.Means;
import io.stagemark.scoring.metric.Retrieval;
import java.util.List;
import java.util.Optional;

/**
 * Retrieval by a model's first output that is no state: each example's output, flat, is its
 * embedding, and its truth is one class.
 */
final class RetrievalScorer implements Scorer {
  private static final String PREFIX = "recall-at-";

  /** The scores, the share of examples with one of their class among the k most similar. */
  static final List<String> NAMES = List.of(PREFIX + 1, PREFIX + 5, PREFIX + 10);

  private final TaskSettings settings;
  private final List<String> names;
  private final TrueClasses truths;
  private final Retrieval retrieval = new Retrieval();

  /**
   * @param names of {@link #NAMES}
   * @throws TaskException if the card has no classes
   */
  RetrievalScorer(TaskSettings settings, List<String> names) throws TaskException {
    if (settings.labels().size() == 0) {
      throw new TaskException(
          "score %s compares the classes of examples, and the card names none"
              .formatted(names.get(0)),
          "labels: [first, second], the classes of the data set");
    }
    this.settings = settings;
    this.names = List.copyOf(names);
    this.truths = new TrueClasses(settings.labels().size());
  }

  @Override
  public boolean needsOutputs() {
    return true;
  }

  @Override
  public boolean needsProbabilities() {
    return false;
  }

  @Override
  public void check(String exampleId, Truth truth) throws TaskException {
    truths.one(exampleId, truth);
  }

  @Override
  public List<Score> add(String exampleId, Observation observation, Truth truth)
      throws TaskException {
    List<Tensor> outputs = observation.outputs();
    Tensor output =
        outputs.get(TensorsScorer.scored(settings, outputs.stream().map(Tensor::spec).toList()));
    double[] embedding =
        TensorsScorer.numbers(output, settings.quantization(output.spec().name())).toArray();
    try {
      retrieval.add(embedding, truths.one(exampleId, truth));
    } catch (IllegalArgumentException e) {
      throw new TaskException("example %s: %s".formatted(exampleId, e.getMessage()), e);
    }
    return List.of(); // a neighbour is one of the whole set
  }

  @Override
  public Optional<MergeableState> state() {
    return Optional.of(retrieval);
  }

  @Override
  public List<Score> finish() {
    return names.stream()
        .map(
            name ->
                Means.ratio(
                    name,
                    retrieval.recallAt(Integer.parseInt(name.substring(PREFIX.length()))),
                    retrieval.queries()))
        .toList();
  }
}
