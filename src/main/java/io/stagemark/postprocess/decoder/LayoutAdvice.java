package io.stagemark.postprocess.decoder;

import io.stagemark.data.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to change where a decoder does not read a model's outputs: the mismatch itself, and the
 * decoder that reads such outputs where there is one.
 */
final class LayoutAdvice {
  private LayoutAdvice() {}

  /**
   * Returns the next step.
   *
   * @param ports what the decoder reads
   * @param repeated whether it reads such outputs for each of several grids
   */
  static String of(Head head, List<Port> ports, boolean repeated) {
    List<String> others = Decoders.reading(head);
    Optional<TensorSpec> whole =
        head.outputs().stream().filter(output -> !output.type().isFloating()).findFirst();
    if (whole.isPresent() && others.isEmpty()) {
      return "an export whose output '%s' is float32, float16, bfloat16 or float64: this one ends in a step that quantises, rounds or counts"
          .formatted(whole.get().name());
    }
    List<String> steps = new ArrayList<>();
    if (whole.isEmpty()) {
      mismatch(head, ports, repeated, steps);
    }
    if (!others.isEmpty()) {
      steps.add(
          "decoder.type: %s, which reads outputs of these shapes"
              .formatted(String.join(" or ", others)));
    }
    return steps.isEmpty()
        ? "the decoder of this model (decoder.type), with the input size it was exported for"
        : String.join("; or ", steps);
  }

  private static void mismatch(Head head, List<Port> ports, boolean repeated, List<String> steps) {
    int found = head.outputs().size();
    boolean countFits = repeated ? found > 0 && found % ports.size() == 0 : found == ports.size();
    if (!countFits) {
      steps.add(
          "an export with %s (%s), not %d"
              .formatted(
                  repeated
                      ? "%d outputs for each grid".formatted(ports.size())
                      : ports.size() == 1 ? "1 output" : ports.size() + " outputs",
                  String.join(", ", ports.stream().map(Port::what).toList()),
                  found));
      return;
    }
    for (int i = 0; i < found; i++) {
      TensorSpec output = head.outputs().get(i);
      boolean fits = ports.stream().anyMatch(port -> port.fits(output, head.classes()));
      if (!fits && steps.isEmpty()) {
        // outputs usually come in the order in which the decoder names them
        steps.add(mismatch(head, output, ports, ports.get(i * ports.size() / found)));
      }
    }
  }

  private static String mismatch(Head head, TensorSpec output, List<Port> ports, Port likely) {
    if (ports.stream().noneMatch(port -> port.rank() == output.shape().size())) {
      return "output '%s' with %d axes, batch first: it has %d"
          .formatted(output.name(), likely.rank(), output.shape().size());
    }
    for (Port port : ports) {
      if (port.fitsTransposed(output, head.classes())) {
        return "output '%s' transposed to %s: its axes are in another order"
            .formatted(output.name(), port.transposed(output, head.classes()));
      }
    }
    OptionalInt labels = likely.labels(output);
    if (labels.isPresent()) {
      return "%d label%s: output '%s' has so many classes, the card has %d label%s"
          .formatted(
              labels.getAsInt(),
              labels.getAsInt() == 1 ? "" : "s",
              output.name(),
              head.classes(),
              head.classes() == 1 ? "" : "s");
    }
    return "output '%s' with %s axes".formatted(output.name(), likely.extents(head.classes()));
  }
}
