package io.stagemark.task;

import io.stagemark.data.Quantization;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.Losses;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.metric.Means;
import io.stagemark.spi.Registry;
import io.stagemark.task.OutputLoss.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Losses of a model's first output that is no state against target tensors, each the mean over one
 * example and averaged over the examples. The target has the output's numbers, or one class for
 * each place of {@code [N, C, d1, …]}.
 */
final class TensorsScorer implements Scorer {
  private final TaskSettings settings;
  private final List<String> names;
  private final Means means = new Means();
  private final Set<List<Long>> checkedShapes = new HashSet<>();

  /**
   * @param names of losses
   */
  TensorsScorer(TaskSettings settings, List<String> names) {
    this.settings = settings;
    this.names = List.copyOf(names);
  }

  /**
   * Checks that the losses are defined for the activation of the output that they read.
   *
   * @throws TaskException for a loss that is not defined for the activation's output
   */
  static void check(TaskSettings settings, List<TensorSpec> outputs, List<String> names)
      throws TaskException {
    TensorSpec output = outputs.get(scored(settings, outputs));
    for (String name : names) {
      loss(name, Optional.ofNullable(settings.activations().get(output.name())));
    }
  }

  @Override
  public boolean needsOutputs() {
    return true;
  }

  @Override
  public void check(String exampleId, Truth truth) throws TaskException {
    if (!(truth instanceof Truth.Target)) {
      throw new TaskException(
          "example %s: the truth is %s, a model of task 'tensors' needs a target tensor"
              .formatted(exampleId, truth));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The losses are evaluated on an output of zeros, once for each shape of a target.
   */
  @Override
  public void check(String exampleId, Truth truth, List<TensorSpec> outputs) throws TaskException {
    check(exampleId, truth);
    TensorSpec output = outputs.get(scored(settings, outputs));
    boolean isDynamic = output.shape().stream().anyMatch(extent -> extent < 0);
    Tensor target = ((Truth.Target) truth).values();
    if (!isDynamic && checkedShapes.add(target.spec().shape())) {
      int[] shape = output.shape().stream().mapToInt(Math::toIntExact).toArray();
      double[] zeros = new double[Math.toIntExact(output.elements())];
      losses(exampleId, output, ScoreTensor.of(zeros, shape), target);
    }
  }

  @Override
  public List<Score> add(String exampleId, Observation observation, Truth truth)
      throws TaskException {
    check(exampleId, truth);
    List<Tensor> outputs = observation.outputs();
    Tensor output = outputs.get(scored(settings, outputs.stream().map(Tensor::spec).toList()));
    List<Score> scores =
        losses(
            exampleId,
            output.spec(),
            numbers(output, settings.quantization(output.spec().name())),
            ((Truth.Target) truth).values());
    means.add(scores);
    return scores;
  }

  private List<Score> losses(String exampleId, TensorSpec output, ScoreTensor raw, Tensor values)
      throws TaskException {
    List<Score> scores = new ArrayList<>();
    try {
      ScoreTensor target = shaped(numbers(values, FloatOutputs.THEMSELVES), raw.shape());
      Optional<Activation> last = Optional.ofNullable(settings.activations().get(output.name()));
      ScoreTensor activated = last.isEmpty() ? raw : activated(last.get(), raw, output);
      for (String name : names) {
        OutputLoss loss = loss(name, last);
        ScoreTensor read = loss.activation().isEmpty() ? raw : activated;
        scores.add(loss.score(loss.loss().evaluate(read, target, loss.arguments()).value(), 1));
      }
    } catch (IllegalArgumentException e) {
      throw new TaskException("example %s: %s".formatted(exampleId, e.getMessage()), e);
    }
    return scores;
  }

  /** Returns the loss with the numbers that it reads: before a card's activation, or after it. */
  private static OutputLoss loss(String name, Optional<Activation> last) throws TaskException {
    Loss loss = Losses.registry().get(name);
    if (last.isEmpty() || OutputLoss.readsAnything(loss)) {
      return new OutputLoss(name, loss, loss.description().defaults(), last);
    }
    return OutputLoss.of(name, name, sources(last.get()))
        .orElseThrow(
            () ->
                new TaskException(
                    "score %s is not defined after activation %s: it goes with none, %s"
                        .formatted(
                            name,
                            last.get().text(),
                            Arrays.stream(Activation.values())
                                .filter(it -> OutputLoss.of(name, name, sources(it)).isPresent())
                                .map(Activation::text)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Returns the forms that an output has before and after its activation. A loss that contains the
   * activation's logarithm reads the numbers before it, so that nothing saturates.
   */
  private static List<Source> sources(Activation last) {
    return switch (last) {
      case SIGMOID ->
          List.of(
              Source.raw(PredictionForm.LOGITS), Source.after(last, PredictionForm.PROBABILITIES));
      case LOG_SIGMOID ->
          List.of(
              Source.raw(PredictionForm.LOGITS),
              Source.after(last, PredictionForm.CLASS_LOG_PROBABILITIES));
      case SOFTMAX ->
          List.of(
              Source.raw(PredictionForm.CLASS_LOGITS),
              Source.after(last, PredictionForm.CLASS_PROBABILITIES),
              Source.after(last, PredictionForm.PROBABILITIES));
      case LOG_SOFTMAX ->
          List.of(
              Source.raw(PredictionForm.CLASS_LOGITS),
              Source.after(last, PredictionForm.CLASS_LOG_PROBABILITIES));
      case TANH, RELU, SOFTPLUS ->
          List.of(
              Source.after(last, PredictionForm.LOGITS),
              Source.after(last, PredictionForm.CLASS_LOGITS));
    };
  }

  private ScoreTensor activated(Activation last, ScoreTensor raw, TensorSpec spec)
      throws TaskException {
    int classes = settings.labels().size();
    return last.apply(raw, last.isOfRow() ? ActivatedOutputs.classAxis(last, classes, spec) : 0);
  }

  /** Returns the index of the output that is scored. */
  static int scored(TaskSettings settings, List<TensorSpec> outputs) throws TaskException {
    for (int i = 0; i < outputs.size(); i++) {
      if (!settings.isCarriedOutput(outputs.get(i).name())) {
        return i;
      }
    }
    throw new TaskException("the model gives nothing but state: " + outputs);
  }

  /** Returns the real numbers of a tensor, in its shape. */
  static ScoreTensor numbers(Tensor tensor, Quantization quantization) {
    double[] values = new double[Math.toIntExact(tensor.spec().elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = quantization.real(tensor.number(i));
    }
    return ScoreTensor.of(values, tensor.spec().shape().stream().map(Math::toIntExact).toList());
  }

  /** Returns a target in the shape that a loss asks for: the output's, or that without classes. */
  private static ScoreTensor shaped(ScoreTensor target, List<Integer> output) {
    List<Integer> places =
        IntStream.range(0, output.size())
            .filter(axis -> axis != Math.min(1, output.size() - 1))
            .mapToObj(output::get)
            .toList();
    if (target.size() == output.stream().reduce(1, Math::multiplyExact)) {
      return ScoreTensor.of(target.toArray(), output);
    }
    if (target.size() == places.stream().reduce(1, Math::multiplyExact)) {
      return ScoreTensor.of(target.toArray(), places);
    }
    throw new IllegalArgumentException(
        "the target has shape %s, the output %s: it needs that shape, or %s for classes"
            .formatted(target.shape(), output, places));
  }

  @Override
  public Optional<MergeableState> state() {
    return Optional.of(means);
  }

  @Override
  public List<Score> finish() {
    Registry<Loss> losses = Losses.registry();
    return names.stream()
        .map(name -> new Score(name, means.of(name), losses.get(name).unit(), true, means.count()))
        .toList();
  }
}
