package io.stagemark.task;

import io.stagemark.data.OutputSummary;
import io.stagemark.data.Tensor;
import io.stagemark.scoring.FiniteRule;
import io.stagemark.scoring.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Looks at the raw outputs of one slot after another, outside the clock. */
final class OutputInspector {
  private final BatchOutputs outputs;
  private final IntFunction<Reading> readings;

  /**
   * How predictions and scores are made from an output.
   *
   * @param read whether any is
   * @param logits whether a sigmoid or softmax makes them
   * @param rule for its numbers
   */
  record Reading(boolean read, boolean logits, FiniteRule rule) {
    /** Of an output that nothing is made from. */
    static final Reading UNREAD = new Reading(false, false, FiniteRule.FINITE);

    /** Of an output that a card's last step follows. */
    static Reading of(Optional<Activation> last) {
      boolean logits =
          last.map(
                  step ->
                      switch (step) {
                        case SIGMOID, LOG_SIGMOID, SOFTMAX, LOG_SOFTMAX -> true;
                        case TANH, RELU, SOFTPLUS -> false;
                      })
              .orElse(false);
      return new Reading(
          true, logits, last.map(Activation::numbersBefore).orElse(FiniteRule.FINITE));
    }
  }

  /**
   * @param readings of each output
   */
  OutputInspector(BatchOutputs outputs, IntFunction<Reading> readings) {
    this.outputs = outputs;
    this.readings = readings;
  }

  /** Returns what the outputs of a slot look like. */
  List<OutputCheck.Output> of(int slot) {
    List<OutputCheck.Output> found = new ArrayList<>();
    for (int i = 0; i < outputs.count(); i++) {
      Tensor tensor = outputs.get(i);
      int first =
          BatchSlots.slotOffset(tensor, outputs.batch(), slot) / tensor.spec().type().bytes();
      OutputSummary summary =
          OutputSummary.of(BatchSlots.slotSpec(tensor.spec(), outputs.batch()), tensor, first);
      Reading reading = readings.apply(i);
      found.add(
          new OutputCheck.Output(
              summary,
              reading.read(),
              reading.logits(),
              reading.read() ? reading.rule().refused(summary) : 0));
    }
    return found;
  }
}
