package io.stagemark.task;

import io.stagemark.scoring.activation.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers that each loss reads, and so the activations of a card that it goes with. A loss that
 * contains the activation's logarithm reads the numbers before it, so that nothing saturates: BCE
 * after a sigmoid is BCE with logits before it.
 *
 * @param computed the loss that is evaluated
 * @param before whether it is computed from the numbers before the activation
 */
record LossInput(String computed, boolean before) {
  private static final Set<Activation> ANY = Set.copyOf(Arrays.asList(Activation.values()));
  private static final Set<Activation> REAL =
      Set.of(Activation.TANH, Activation.RELU, Activation.SOFTPLUS);
  private static final Set<Activation> SOFTMAX = Set.of(Activation.SOFTMAX, Activation.LOG_SOFTMAX);
  private static final Set<Activation> SIGMOID = Set.of(Activation.SIGMOID, Activation.LOG_SIGMOID);

  /**
   * The activations that a loss goes with: it reads the numbers before the first set, after the
   * second.
   */
  private record Rule(Set<Activation> before, Set<Activation> after) {
    List<String> allowed() {
      return Arrays.stream(Activation.values())
          .filter(it -> before.contains(it) || after.contains(it))
          .map(Activation::text)
          .toList();
    }
  }

  private static Rule rule(String loss) {
    return switch (loss) {
      case "bce" -> new Rule(SIGMOID, Set.of(Activation.SOFTMAX));
      case "focal", "focal-unweighted", "lovasz-hinge" -> new Rule(SIGMOID, REAL);
      case "bce-with-logits" -> new Rule(Set.of(), REAL);
      case "cross-entropy", "label-smoothing", "focal-multiclass" -> new Rule(SOFTMAX, REAL);
      case "negative-log-likelihood" ->
          new Rule(Set.of(), Set.of(Activation.LOG_SOFTMAX, Activation.LOG_SIGMOID));
      case "lovasz-softmax" -> new Rule(Set.of(), Set.of(Activation.SOFTMAX, Activation.SIGMOID));
      default -> new Rule(Set.of(), ANY);
    };
  }

  /**
   * Returns how a loss is computed.
   *
   * @throws TaskException if the loss is not defined for the activation's output; the message lists
   *     the activations that it takes
   */
  static LossInput of(String loss, Optional<Activation> activation) throws TaskException {
    Rule rule = rule(loss);
    boolean before = activation.filter(rule.before()::contains).isPresent();
    boolean after = activation.isEmpty() || rule.after().contains(activation.get());
    if (!before && !after) {
      throw new TaskException(
          "score %s is not defined after activation %s: it goes with none, %s"
              .formatted(loss, activation.get().text(), String.join(", ", rule.allowed())));
    }
    return new LossInput(loss.equals("bce") && before ? "bce-with-logits" : loss, before);
  }
}
