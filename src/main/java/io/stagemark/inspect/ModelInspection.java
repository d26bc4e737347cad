package io.stagemark.inspect;

import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.GraphTrace;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.file.ModelSource.Declared;
import io.stagemark.inspect.head.Head;
import io.stagemark.inspect.head.Heads.Recognition;
import io.stagemark.inspect.prep.Preparation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that inspection finds.
 *
 * @param file as the user named it
 * @param bytes its size
 * @param sha256 of its content
 * @param declared what the file states
 * @param inputs with the shapes that a run would give them
 * @param trace outputs and operators for these shapes
 * @param recognition what the outputs could be
 * @param names of the classes
 * @param preparation of a photograph; absent where no input takes one, or the head is not known
 * @param notes what was found and is not used, and why
 */
public record ModelInspection(
    Path file,
    long bytes,
    String sha256,
    Declared declared,
    List<InspectedInput> inputs,
    GraphTrace trace,
    Recognition recognition,
    Optional<Fact<List<String>>> names,
    Optional<Preparation> preparation,
    List<String> notes) {
  public ModelInspection {
    inputs = List.copyOf(inputs);
    notes = List.copyOf(notes);
  }

  /** Returns the head, where one is chosen. */
  public Optional<Head> head() {
    return recognition.chosen();
  }

  /** Returns the same model as one whose outputs nothing decodes. */
  public ModelInspection undecoded() {
    Recognition forward =
        new Recognition(head().map(Head::withoutDecoder), recognition.candidates());
    return new ModelInspection(
        file,
        bytes,
        sha256,
        declared,
        inputs,
        trace,
        forward,
        Optional.empty(),
        preparation,
        notes);
  }

  /** Returns the batch that the file fixes; 1 where it is free. */
  public int batch() {
    InspectedPort first = inputPorts().get(0);
    return first.batched() || first.shape().isEmpty() ? 1 : Math.toIntExact(first.shape().get(0));
  }

  /** Returns the inputs as a run has them. */
  public List<InspectedPort> inputPorts() {
    return inputs.stream()
        .map(
            input ->
                new InspectedPort(
                    input.declared().name(),
                    input.declared().type(),
                    input.shape().value(),
                    !input.shape().value().isEmpty() && hasOpenBatch(input)))
        .toList();
  }

  /** Returns the outputs as a run has them; those whose number of axes is known. */
  public List<InspectedPort> outputPorts() {
    boolean open = inputs.stream().anyMatch(ModelInspection::hasOpenBatch);
    return trace.outputs().stream()
        .filter(OutputSignature::ranked)
        .map(
            output ->
                new InspectedPort(
                    output.name(),
                    output.type().isEmpty() ? "float32" : output.type(),
                    output.shape(),
                    open && output.extent(0) == 1))
        .toList();
  }

  /** A file that states no axes leaves the batch open too. */
  private static boolean hasOpenBatch(InspectedInput input) {
    return input
        .declared()
        .axes()
        .map(axes -> !axes.isEmpty() && axes.get(0).isOpen())
        .orElse(true);
  }

  /** Returns the task that a run would have; {@code tensors} where no decoder reads the head. */
  public Fact<String> task() {
    return head()
        .filter(head -> head.decoder().isPresent())
        .map(head -> new Fact<>(head.task(), head.grade(), "head " + head.family()))
        .orElse(Fact.derived("tensors", head().isEmpty() ? "no head" : "no decoder yet"));
  }

  /**
   * Returns why scores cannot be taken, each a part of a sentence; empty where they can. Speed can
   * be measured in any case.
   */
  public List<String> scoreObstacles() {
    List<String> why = new ArrayList<>();
    if (head().isEmpty()) {
      why.add(recognition.isAmbiguous() ? "several heads fit" : "no head is recognised");
      return why;
    }
    if (head().get().decoder().isEmpty()) {
      why.add("there is no decoder for %s yet".formatted(head().get().family()));
      return why;
    }
    if (!head().get().grade().isCertain()) {
      why.add("the head is assumed");
    }
    if (preparation.isPresent() && !preparation.get().grade().isCertain()) {
      why.add("the preprocessing is assumed");
    }
    if (inputs.stream().anyMatch(input -> input.shape().grade() == Grade.ASSUMED)) {
      why.add("the input's size is assumed");
    }
    if (names.isEmpty()) {
      why.add("no names of classes");
    }
    return why;
  }
}
