package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Known;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tensors that an operator changed in place, such as {@code n.add_(1)}: each variable that holds
 * one has the new elements, and views of the same memory have elements that are no longer known.
 */
final class Overwrites {
  private final IdentityHashMap<Value, Value> latest = new IdentityHashMap<>();
  private final Set<Value> stale = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Records that an operator left {@code result} in {@code target}. */
  void put(Value target, @Nullable Object result) {
    Value now = result instanceof Value made && made.isKnown() ? made : target.forgetful();
    if (result != target && (isSmall(target) || !now.shape().equals(target.shape()))) {
      boolean same = now.memory() == target.memory(); // as old as what is stale
      latest.put(
          target, same ? Value.of(now.type(), now.shape(), now.numbers()).like(target) : now);
      stale.add(target.memory());
    }
  }

  /** Only a small tensor has elements that a size can come from. */
  private static boolean isSmall(Value tensor) {
    return tensor.isKnown() && tensor.elementCount() <= Known.MAX_ELEMENTS;
  }

  boolean isEmpty() {
    return latest.isEmpty();
  }

  /** Returns what an argument is now; items of a list one by one. */
  @Nullable Object resolve(@Nullable Object argument) {
    if (argument instanceof Value tensor) {
      return resolve(tensor);
    }
    if (argument instanceof List<?> list && list.stream().anyMatch(this::isChanged)) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(item instanceof Value value ? resolve(value) : item));
      return items;
    }
    return argument;
  }

  private boolean isChanged(@Nullable Object item) {
    return item instanceof Value value && (latest.containsKey(value) || isStale(value));
  }

  private boolean isStale(Value value) {
    return value.numbers() != null && stale.contains(value.memory());
  }

  private Value resolve(Value tensor) {
    Value now = tensor;
    for (Value next = latest.get(now); next != null; next = latest.get(now)) {
      now = next;
    }
    if (now != tensor) {
      latest.put(tensor, now); // the next look-up takes one step
    }
    return isStale(now) ? now.forgetful() : now;
  }
}
