package io.stagemark.trial.session;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelArtifact;
import io.stagemark.config.ModelCard;
import io.stagemark.data.BadInputException;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.TorchScriptFlops;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sizes of the image input of a case whose images give the input its size. */
public final class CaseSizes {
  private static final String ONNX = "onnx";
  private static final String TORCHSCRIPT = "torchscript";

  private CaseSizes() {}

  /**
   * Returns the input's size for an example, by the header of its image; empty for an example
   * without an image, or one that cannot be fitted.
   */
  public static Optional<ImageSize> of(CaseSpec spec, Example example) {
    try {
      return example
          .pictureSize()
          .map(picture -> spec.model().inputSize(picture.widthPx(), picture.heightPx()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // too elongated: refused before a run, and in decode
    }
  }

  /**
   * Returns the examples of each size, in their order; the smallest size first. Empty for a case of
   * one size.
   */
  public static SortedMap<ImageSize, List<Example>> of(CaseSpec spec, List<Example> examples) {
    SortedMap<ImageSize, List<Example>> sizes = new TreeMap<>();
    if (spec.model().sizesByImage()) {
      for (Example example : examples) {
        of(spec, example)
            .ifPresent(size -> sizes.computeIfAbsent(size, s -> new ArrayList<>()).add(example));
      }
    }
    return sizes;
  }

  /**
   * Returns a case at one size of its image input. An extent of an output that the card leaves open
   * is what follows from the model's file at this size; it stays open where it depends on the data.
   *
   * @param engine of the case, whose file is followed
   * @throws BadInputException if the file takes no input of this size, or gives another output than
   *     the card says
   */
  public static CaseSpec at(CaseSpec spec, Engine engine, ImageSize size) throws BadInputException {
    ModelCard card = spec.model();
    ModelCard sized = card.at(size, card.outputs());
    List<TensorSpec> inputs = sized.inputs(spec.batch());
    List<ModelCard.Port> outputs = new ArrayList<>();
    Map<String, List<Long>> followed = followed(sized, engine, inputs);
    for (int i = 0; i < card.outputs().size(); i++) {
      ModelCard.Port port = card.outputs().get(i);
      List<Long> found = followed.get(port.name());
      outputs.add(found == null ? port : agreed(sized, port, found, size));
    }
    return new CaseSpec(card.at(size, outputs), spec.engine(), spec.settings(), spec.batch());
  }

  private static ModelCard.Port agreed(
      ModelCard card, ModelCard.Port port, List<Long> found, ImageSize size)
      throws BadInputException {
    List<Long> said = port.shape();
    boolean same = said.size() == found.size();
    List<Long> shape = new ArrayList<>();
    for (int axis = 0; same && axis < said.size(); axis++) {
      long extent = said.get(axis);
      same = extent < 0 || extent == found.get(axis);
      shape.add(extent == TensorSpec.DYNAMIC ? found.get(axis) : Long.valueOf(extent));
    }
    if (!same) {
      throw new BadInputException(
          new Problem(
              ShownPath.of(card.file()),
              "output %s for an input of %s"
                  .formatted(new TensorSpec(port.name(), port.type(), found), size),
              "%s, as the card says".formatted(port.withBatch(1)),
              "\"?\" in outputs for each extent that changes with the size of the input"));
    }
    return port.withShape(shape);
  }

  /**
   * Returns the format of the model's file that is followed: the engine's own, or for an engine
   * that reads none the first that the model has.
   */
  public static Optional<String> format(ModelCard card, Engine engine) {
    Optional<String> own = engine.info().format();
    return Stream.of(ONNX, TORCHSCRIPT)
        .filter(format -> own.isEmpty() || own.get().equals(format))
        .filter(card.files()::containsKey)
        .findFirst();
  }

  /**
   * Returns the shapes of the outputs by their names on the card, as far as the file shows them.
   */
  private static Map<String, List<Long>> followed(
      ModelCard card, Engine engine, List<TensorSpec> inputs) throws BadInputException {
    Optional<String> format = format(card, engine);
    Optional<Path> file = format.map(card.files()::get).map(ModelArtifact::path);
    if (file.isEmpty()) {
      return Map.of();
    }
    if (!format.get().equals(ONNX)) {
      return script(card, file.get(), inputs);
    }
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    inputs.forEach(input -> shapes.put(input.name(), input.shape()));
    return onnx(card, file.get(), shapes);
  }

  private static Map<String, List<Long>> onnx(
      ModelCard card, Path file, Map<String, List<Long>> shapes) throws BadInputException {
    try {
      return OnnxFlops.outputs(file, shapes);
    } catch (BadInputException e) {
      List<Problem> problems = new ArrayList<>();
      for (Problem each : e.problems()) {
        problems.add(
            new Problem(
                each.where(),
                "%s, for the inputs %s that images of the data set give model %s"
                    .formatted(each.found(), shapes, card.name()),
                each.expected(),
                "a file whose height and width are free, or the sides that it has on the card"));
      }
      throw new BadInputException(problems);
    }
  }

  /** Code that cannot be followed may still run: its outputs stay as the card has them. */
  private static Map<String, List<Long>> script(
      ModelCard card, Path file, List<TensorSpec> inputs) {
    Map<String, Value> outputs;
    try {
      outputs =
          TorchScriptFlops.follow(file, inputs.stream().map(TensorSpec::shape).toList()).outputs();
    } catch (BadInputException e) {
      return Map.of();
    }
    List<Value> inOrder = List.copyOf(outputs.values());
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (int i = 0; i < card.outputs().size(); i++) {
      String name = card.outputs().get(i).name();
      Value value = outputs.get(name);
      if (value == null && i < inOrder.size()) {
        value = inOrder.get(i);
      }
      if (value != null && value.isKnown()) {
        shapes.put(name, value.shape());
      }
    }
    return shapes;
  }
}
