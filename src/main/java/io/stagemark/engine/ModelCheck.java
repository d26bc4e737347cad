package io.stagemark.engine;

import static java.util.stream.Collectors.joining;

import io.stagemark.data.Problem;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a model card against the model itself, and words what an engine has to complain about:
 * where, found, expected, try.
 *
 * @param engine the engine's name
 * @param model what the card says
 */
public record ModelCheck(String engine, ModelFile model) {

  /**
   * Returns the model's file.
   *
   * @throws EngineException if the card names none for this engine, or it is not there
   */
  public Path file() throws EngineException {
    Path path =
        model
            .path()
            .orElseThrow(
                () ->
                    problem(
                        "no file for this engine on the model card",
                        "a file in the engine's format",
                        "add one to the card, or choose an engine the card has a file for",
                        null));
    if (!Files.isRegularFile(path)) {
      throw problem("no such file", "a readable file", "check the path on the card", null);
    }
    return path;
  }

  /**
   * Returns the card's tensor with every extent that the card leaves open and the model fixes.
   *
   * @param role {@code input} or {@code output}
   * @param card what the card says
   * @param found what the model says or gave
   * @throws EngineException if type, rank or an extent that both know differ; it names both
   */
  public TensorSpec agree(String role, TensorSpec card, TensorSpec found) throws EngineException {
    boolean sameRank = card.shape().size() == found.shape().size();
    List<Long> shape = new ArrayList<>(card.shape());
    boolean same = sameRank && card.type() == found.type();
    for (int axis = 0; same && axis < shape.size(); axis++) {
      long extent = found.shape().get(axis);
      if (shape.get(axis) == TensorSpec.DYNAMIC) {
        shape.set(axis, extent);
      }
      same = extent == TensorSpec.DYNAMIC || shape.get(axis) == extent;
    }
    if (!same) {
      throw problem(
          "the model's %s %s".formatted(role, found),
          "%s, as the model card (and the run's batch) says".formatted(card),
          "correct the card's %ss or the batch; a ? extent is free".formatted(role),
          null);
    }
    return new TensorSpec(card.name(), card.type(), shape);
  }

  /** Returns whether {@code spec} has just these extents. Allocates nothing. */
  public static boolean hasShape(TensorSpec spec, long[] extents) {
    boolean same = spec.shape().size() == extents.length;
    for (int axis = 0; same && axis < extents.length; axis++) {
      same = spec.shape().get(axis) == extents[axis];
    }
    return same;
  }

  /**
   * Returns {@code input}.
   *
   * @throws EngineException if the card leaves one of its extents open
   */
  public TensorSpec fixed(TensorSpec input) throws EngineException {
    if (!input.isStatic()) {
      throw problem(
          "input %s, whose extents are not all known".formatted(input),
          "a fixed shape for every input",
          "write each extent of this input on the model card",
          null);
    }
    return input;
  }

  /**
   * Allocates the memory of an input or output.
   *
   * @throws EngineException if a Java buffer, or this JVM, cannot hold it
   */
  public Tensor allocate(TensorSpec spec) throws EngineException {
    try {
      return Tensor.allocate(spec);
    } catch (IllegalArgumentException | ArithmeticException | OutOfMemoryError e) {
      // a direct buffer's OutOfMemoryError reports its own limit: the heap is not full
      throw problem(
          "%s: %s".formatted(spec, e.getMessage()),
          "a tensor that fits direct memory",
          "a smaller batch, or a larger -XX:MaxDirectMemorySize",
          e);
    }
  }

  /**
   * Allocates the memory of an input and writes the value that the card gives it.
   *
   * @throws EngineException if the card leaves an extent of it open, or as {@link #allocate} does
   */
  public Tensor input(TensorSpec spec) throws EngineException {
    Tensor input = allocate(fixed(spec));
    List<Double> value = model.values().getOrDefault(spec.name(), List.of());
    if (!value.isEmpty()) {
      TensorElements.fill(input, value);
    }
    return input;
  }

  /** Returns the specs in one line, for a message. */
  public static String list(List<TensorSpec> specs) {
    return specs.stream().map(TensorSpec::toString).collect(joining(", "));
  }

  /** Returns an exception that names a list of tensors that the card and the model do not share. */
  public EngineException namesDiffer(String role, List<String> found, List<TensorSpec> card) {
    return problem(
        "the model's %ss: %s".formatted(role, String.join(", ", found)),
        "%s, as the model card says"
            .formatted(card.stream().map(TensorSpec::name).collect(joining(", "))),
        "write the card's %ss with the model's names".formatted(role),
        null);
  }

  /**
   * Returns the exception to throw.
   *
   * @param found what there is
   * @param expected what would be right
   * @param tryThis the next step
   * @param cause the runtime's own exception, if there is one
   */
  public EngineException problem(
      String found, String expected, String tryThis, @Nullable Throwable cause) {
    String where =
        "%s: model '%s'%s"
            .formatted(
                engine, model.name(), model.path().map(path -> " (" + path + ")").orElse(""));
    return new EngineException(new Problem(where, found, expected, tryThis).toString(), cause);
  }
}
