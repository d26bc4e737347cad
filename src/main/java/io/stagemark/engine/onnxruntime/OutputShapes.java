package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shapes of outputs where card and file differ. ONNX Runtime loads a file whose declared output
 * shapes are wrong with no more than a warning, so a declaration that the card contradicts is
 * decided by one run: the card is right where that gives the card's shape.
 */
final class OutputShapes {
  /** What the runtime says when an output has not the shape of the memory it was given. */
  private static final Pattern PINNED =
      Pattern.compile(
          "output '(.*?)' of node .* has shape (\\{[^}]*\\}) but the computed output shape for this"
              + " run is (\\{[^}]*\\})");

  private OutputShapes() {}

  /** Returns whether the file declares an extent that the card has otherwise, or leaves open. */
  static boolean differ(TensorSpec card, TensorSpec declared) {
    List<Long> theirs = declared.shape();
    boolean differ = theirs.size() != card.shape().size();
    for (int axis = 0; !differ && axis < theirs.size(); axis++) {
      differ =
          theirs.get(axis) != TensorSpec.DYNAMIC
              && !theirs.get(axis).equals(card.shape().get(axis));
    }
    return differ;
  }

  /**
   * Runs a model once on the card's values and zeros.
   *
   * @param inputs what the session takes
   * @param names of the outputs
   * @return the outputs' shapes by name
   * @throws OrtException if the model does not run on such inputs
   */
  static Map<String, List<Long>> run(
      ModelCheck check,
      OrtSession session,
      OrtEnvironment environment,
      List<TensorSpec> inputs,
      List<String> names)
      throws EngineException, OrtException {
    Map<String, OnnxTensor> values = new LinkedHashMap<>();
    try {
      for (TensorSpec input : inputs) {
        Tensor memory = check.input(input);
        values.put(input.name(), OnnxRuntimeSession.wrap(environment, memory));
      }
      Map<String, List<Long>> shapes = new LinkedHashMap<>();
      try (Result result = session.run(values)) {
        for (String name : names) {
          if (result.get(name).orElse(null) instanceof OnnxTensor tensor) {
            shapes.put(name, Arrays.stream(tensor.getInfo().getShape()).boxed().toList());
          }
        }
      }
      return shapes;
    } finally {
      values.values().forEach(OnnxTensor::close);
    }
  }

  /**
   * Returns the card's output after a run.
   *
   * @param ran the shape that it had
   * @return the card's extents; one that the card leaves open is that of the run where the file
   *     declares the same, and depends on the data otherwise
   * @throws EngineException if the run's shape is not the card's
   */
  static TensorSpec decided(ModelCheck check, TensorSpec card, TensorSpec declared, List<Long> ran)
      throws EngineException {
    TensorSpec found = new TensorSpec(card.name(), card.type(), ran);
    TensorSpec agreed = check.agree("output", card, found);
    return declared.shape().equals(ran) ? agreed : card;
  }

  /**
   * Returns what to say of a forward that failed because an output has another shape than the card
   * or the file says; the runtime's own words where that is not the reason.
   */
  static EngineException failure(
      ModelCheck check, OrtException thrown, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    String reason = OnnxTypes.reason(thrown);
    Matcher matcher = PINNED.matcher(reason);
    if (!matcher.find()) {
      return check.problem(
          reason,
          "a forward from %s to %s".formatted(ModelCheck.list(inputs), ModelCheck.list(outputs)),
          "compare these shapes with the model's; leave an extent that varies open on the card",
          thrown);
    }
    String shape = matcher.group(3).replace("{", "[").replace("}", "]").replace(",", ", ");
    List<String> expected = new ArrayList<>();
    outputs.stream()
        .filter(output -> output.name().equals(matcher.group(1)))
        .forEach(output -> expected.add(output.toString()));
    return check.problem(
        "output '%s' of shape %s in this run".formatted(matcher.group(1), shape),
        "%s, as the card or the file says, from %s"
            .formatted(
                expected.isEmpty() ? matcher.group(2) : expected.get(0), ModelCheck.list(inputs)),
        "on the model card: outputs: [{name: %s, …, shape: %s}], with \"?\" for an extent that varies"
            .formatted(matcher.group(1), shape),
        thrown);
  }
}
