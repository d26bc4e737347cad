package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.ModelCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A card's inputs and outputs against those of a loaded model.
 *
 * @param check of the card
 */
record CardBinding(ModelCheck check, OrtSession session, OrtEnvironment environment) {

  /**
   * Opens a session for the card's shapes.
   *
   * @throws EngineException if the model does not have such inputs and outputs
   */
  EngineSession open() throws EngineException {
    try {
      List<TensorSpec> inputs = inputs();
      List<TensorSpec> outputs = outputs(inputs);
      return OnnxRuntimeSession.open(
          check, session, environment, inputs, outputs, misdeclared(outputs));
    } catch (OrtException e) {
      throw check.problem(
          OnnxTypes.reason(e), "a session on this model", "another model or engine", e);
    }
  }

  /** Returns the card's inputs, in the card's order, as far as card and model fix them. */
  private List<TensorSpec> inputs() throws OrtException, EngineException {
    List<TensorSpec> card = check.model().inputs();
    List<TensorSpec> declared = declared("input", card, session.getInputInfo().values());
    List<TensorSpec> bound = new ArrayList<>();
    for (int i = 0; i < card.size(); i++) {
      bound.add(check.agree("input", card.get(i), declared.get(i)));
    }
    return List.copyOf(bound);
  }

  /** Returns the card's outputs; where the file says otherwise, a run decides. */
  private List<TensorSpec> outputs(List<TensorSpec> inputs) throws OrtException, EngineException {
    List<TensorSpec> card = check.model().outputs();
    List<TensorSpec> declared = declared("output", card, session.getOutputInfo().values());
    Map<String, List<Long>> ran = Map.of();
    for (int i = 0; i < card.size(); i++) {
      boolean differ = OutputShapes.differ(card.get(i), declared.get(i));
      if (differ && card.get(i).type() == declared.get(i).type()) {
        List<String> names = card.stream().map(TensorSpec::name).toList();
        ran = OutputShapes.run(check, session, environment, inputs, names);
        break;
      }
    }
    List<TensorSpec> bound = new ArrayList<>();
    for (int i = 0; i < card.size(); i++) {
      List<Long> shape = ran.get(card.get(i).name());
      bound.add(
          shape == null || !OutputShapes.differ(card.get(i), declared.get(i))
              ? check.agree("output", card.get(i), declared.get(i))
              : OutputShapes.decided(check, card.get(i), declared.get(i), shape));
    }
    return List.copyOf(bound);
  }

  /** Returns the outputs of which the file declares another shape. */
  private Set<String> misdeclared(List<TensorSpec> outputs) throws OrtException, EngineException {
    List<TensorSpec> declared = declared("output", outputs, session.getOutputInfo().values());
    return IntStream.range(0, outputs.size())
        .filter(i -> OutputShapes.differ(outputs.get(i), declared.get(i)))
        .mapToObj(i -> outputs.get(i).name())
        .collect(Collectors.toSet());
  }

  /** Returns what the file declares of the card's tensors, in the card's order. */
  private List<TensorSpec> declared(String role, List<TensorSpec> card, Collection<NodeInfo> model)
      throws EngineException {
    List<String> names = model.stream().map(NodeInfo::getName).toList();
    List<String> wanted = card.stream().map(TensorSpec::name).toList();
    if (names.size() != wanted.size() || !Set.copyOf(names).equals(Set.copyOf(wanted))) {
      throw check.namesDiffer(role, names, card);
    }
    List<TensorSpec> declared = new ArrayList<>();
    for (TensorSpec spec : card) {
      for (NodeInfo node : model) {
        if (node.getName().equals(spec.name())) {
          declared.add(declared(role, spec, node));
        }
      }
    }
    return declared;
  }

  private TensorSpec declared(String role, TensorSpec card, NodeInfo node) throws EngineException {
    TensorSpec declared =
        OnnxTypes.declared(node)
            .orElseThrow(
                () ->
                    check.problem(
                        "the model's %s %s".formatted(role, node),
                        "a dense tensor of one of " + OnnxTypes.names(),
                        "export the model with such tensors at its ends",
                        null));
    // ONNX Runtime shows a declaration without a shape as one of rank 0: nothing to compare
    return declared.shape().isEmpty()
        ? new TensorSpec(declared.name(), declared.type(), card.shape())
        : declared;
  }
}
