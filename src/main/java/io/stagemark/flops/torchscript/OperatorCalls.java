package io.stagemark.flops.torchscript;

import io.stagemark.flops.CountBudget;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.ShapeTape;
import io.stagemark.flops.torchscript.operator.Operator;
import io.stagemark.flops.torchscript.operator.Operators;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Unfollowed;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies the operators that a script calls. An operator that cannot be followed is listed as
 * uncounted, its result is unknown, and so is what is computed from that.
 */
final class OperatorCalls {
  /** What an operator counts for in the budget, besides the statement that it is part of. */
  private static final long STEPS_OF_AN_OPERATOR = 9;

  private static final long MAX_ITEMS = 30_000_000;

  private final ShapeTape tape;
  private final CountBudget budget;
  private final Unfollowed unfollowed;
  private final Overwrites overwrites = new Overwrites();
  private final Map<String, Integer> lineOf = new HashMap<>();
  private final List<CalledOperator> called = new ArrayList<>();
  private long items;

  OperatorCalls(ShapeTape tape, CountBudget budget, Unfollowed unfollowed) {
    this.tape = tape;
    this.budget = budget;
    this.unfollowed = unfollowed;
  }

  ShapeTape tape() {
    return tape;
  }

  Unfollowed unfollowed() {
    return unfollowed;
  }

  /** Returns every operator that was applied to a tensor, in order. */
  List<CalledOperator> called() {
    return called;
  }

  /** Returns an argument as the operators that changed it in place left it. */
  @Nullable Object latest(@Nullable Object argument) {
    return overwrites.isEmpty() ? argument : overwrites.resolve(argument);
  }

  /** Applies an operator of aten, prim or another library. */
  @Nullable Object call(String name, Arguments a, int line) {
    boolean inPlace = name.endsWith("_") && !name.endsWith("__");
    String plain = inPlace ? name.substring(0, name.length() - 1) : name;
    String full = (name.contains(".") ? name.replace(".", "::") : "aten::" + name);
    boolean onTensors = CalledOperator.takesTensor(a.positional());
    Arguments given =
        new Arguments(plain, label(a.where(), name, line), latest(name, a), a.keywords(), tape);
    if (onTensors) {
      budget.take(STEPS_OF_AN_OPERATOR);
      called.add(new CalledOperator(name, given.where()));
    }
    Optional<Operator> operator = Operators.of(name);
    if (operator.isEmpty()) {
      unfollowed.add(full, "there is no rule for " + full + ": what depends on it is not counted");
      return Value.UNKNOWN;
    }
    if (hides(name, given)) {
      return hidden(name, full);
    }
    try {
      Object result = bounded(operator.get().apply(given), given);
      if (inPlace && given.count() > 0 && given.get(0) instanceof Value target) {
        overwrites.put(target, result);
      }
      return result;
    } catch (UnknownShape e) {
      unfollowed.add(full, "%s is not counted: %s".formatted(given.where(), e.getMessage()));
      return Value.UNKNOWN;
    }
  }

  /** A list that an operator changes must stay the list that it is. */
  private List<@Nullable Object> latest(String name, Arguments a) {
    if (overwrites.isEmpty() || Operators.isContainer(name)) {
      return a.positional();
    }
    List<@Nullable Object> now = new ArrayList<>();
    a.positional().forEach(argument -> now.add(overwrites.resolve(argument)));
    return now;
  }

  private static boolean hides(String name, Arguments a) {
    if (Operators.isContainer(name)) {
      return a.count() > 0 && Unknown.hides(a.get(0));
    }
    if (name.startsWith("__is")) { // a tensor of unknown shape is not None
      return a.positional().contains(Unknown.ANYTHING);
    }
    return a.positional().stream().anyMatch(Unknown::hidesAny);
  }

  /** Questions and views cost nothing: they are not listed. */
  private @Nullable Object hidden(String name, String full) {
    if (Operators.isQuestion(name)) {
      return name.startsWith("__") ? Unknown.BOOL : Unknown.ANYTHING;
    }
    if (Operators.isFree(name)) {
      return Value.UNKNOWN;
    }
    unfollowed.addFollowing(full);
    return Value.UNKNOWN;
  }

  /** Many long lists fill a heap as one does. */
  private @Nullable Object bounded(@Nullable Object result, Arguments a) {
    boolean grown = a.count() > 0 && result == a.get(0);
    items += !grown && result instanceof List<?> list ? list.size() : 0;
    if (items > MAX_ITEMS) {
      throw new ScriptFault(a.where(), "lists of more than %d items".formatted(MAX_ITEMS));
    }
    return result;
  }

  /** Module and operator; with the line where a module calls an operator more than once. */
  private String label(String path, String operator, int line) {
    String label = path.isEmpty() ? operator : path + "/" + operator;
    int first = lineOf.computeIfAbsent(label, name -> line);
    return first == line ? label : label + ":" + line;
  }
}
