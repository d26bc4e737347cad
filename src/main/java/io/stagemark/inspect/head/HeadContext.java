package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.GraphTrace;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.metadata.ExportMetadata;
import io.stagemark.inspect.metadata.Sidecars;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * What is known of a model before its head is.
 *
 * @param inputs as the file declares them
 * @param image the input that takes an image, if one does
 * @param trace the outputs and operators
 * @param metadata what the exporter wrote
 * @param sidecars what is stored next to the file
 */
public record HeadContext(
    List<TensorSignature> inputs,
    Optional<ImageInput> image,
    GraphTrace trace,
    ExportMetadata metadata,
    Sidecars sidecars) {
  public HeadContext {
    inputs = List.copyOf(inputs);
  }

  List<OutputSignature> outputs() {
    return trace.outputs();
  }

  OutputSignature output(int index) {
    return trace.outputs().get(index);
  }

  /** Returns whether there are so many outputs, each of them with so many axes. */
  boolean isOf(int count, int rank) {
    return outputs().size() == count && outputs().stream().allMatch(each -> each.rank() == rank);
  }

  /** Returns the first output that fits. */
  Optional<OutputSignature> find(Predicate<OutputSignature> fits) {
    return outputs().stream().filter(fits).findFirst();
  }

  /** Returns the first output whose name contains one of these words, case ignored. */
  Optional<OutputSignature> named(String... words) {
    return find(
        output -> {
          String name = output.name().toLowerCase(Locale.ROOT);
          return List.of(words).stream().anyMatch(name::contains);
        });
  }

  /** Returns the number of names that the exporter states. */
  OptionalInt statedClasses() {
    return metadata.names().map(names -> OptionalInt.of(names.size())).orElse(OptionalInt.empty());
  }

  /** Returns whether the exporter states so many names. */
  boolean statesClasses(long classes) {
    return statedClasses().isPresent() && statedClasses().getAsInt() == classes;
  }

  /** Returns the masks' prototypes of a YOLO that segments: {@code [N, 32, H/4, W/4]}. */
  Optional<OutputSignature> prototypes() {
    return image.flatMap(
        input ->
            find(
                output ->
                    output.rank() == 4
                        && output.extent(1) == 32
                        && output.extent(2) * 4 == input.heightPx()
                        && output.extent(3) * 4 == input.widthPx()));
  }
}
