package io.stagemark.trial.session;

import io.stagemark.config.ModelCard;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorElements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills the inputs that a card gives a value; no stage writes them afterwards. */
final class FixedInputs {
  private FixedInputs() {}

  /**
   * Fills.
   *
   * @param inputs of a session
   * @return the inputs that examples fill, in order
   */
  static List<Tensor> fill(ModelCard card, List<Tensor> inputs) {
    Map<String, List<Double>> values = new HashMap<>();
    card.inputs().forEach(port -> values.put(port.name(), port.value()));
    List<Tensor> open = new ArrayList<>();
    for (Tensor input : inputs) {
      List<Double> value = values.getOrDefault(input.spec().name(), List.of());
      if (value.isEmpty()) {
        if (!card.task().derived().containsKey(input.spec().name())) {
          open.add(input);
        }
        continue;
      }
      TensorElements.fill(input, value);
    }
    return open;
  }
}
