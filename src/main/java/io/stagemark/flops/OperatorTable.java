package io.stagemark.flops;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Rules by operator while they are registered: a second rule for an operator is a mistake in this
 * program, never a silent winner.
 *
 * @param <R> what is registered for an operator
 */
public final class OperatorTable<R> {
  private final Map<String, R> rules = new HashMap<>();
  private final Set<String> replaced = new HashSet<>();

  /**
   * Registers an operator's first and only rule.
   *
   * @throws IllegalStateException if the operator has a rule
   */
  public void put(String operator, R rule) {
    if (rules.putIfAbsent(operator, rule) != null) {
      throw new IllegalStateException(
          "operator '%s' is registered twice; remove one registration or use replace"
              .formatted(operator));
    }
  }

  /**
   * Registers a rule made of the operator's first one, such as one that also takes numbers.
   *
   * @throws IllegalStateException if the operator has no rule yet, or if its rule was replaced
   */
  public void replace(String operator, UnaryOperator<R> change) {
    if (!replaced.add(operator)) {
      throw new IllegalStateException(
          "operator '%s' is replaced twice; remove one of them".formatted(operator));
    }
    rules.put(operator, change.apply(get(operator)));
  }

  /**
   * Returns an operator's rule.
   *
   * @throws IllegalStateException if the operator has none yet
   */
  public R get(String operator) {
    return find(operator)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "operator '%s' is not registered yet; register its family first"
                        .formatted(operator)));
  }

  /** Returns an operator's rule, if it has one. */
  public Optional<R> find(String operator) {
    return Optional.ofNullable(rules.get(operator));
  }

  /** Returns the operators that have a rule. */
  public Set<String> names() {
    return Set.copyOf(rules.keySet());
  }

  /** Returns the rules by operator. */
  public Map<String, R> toMap() {
    return Map.copyOf(rules);
  }
}
