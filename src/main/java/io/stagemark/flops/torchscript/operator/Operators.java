package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.OperatorTable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Every operator that a script can be followed through. */
public final class Operators {
  /** Change or read a list or dictionary, whatever is in it. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "append",
          "extend",
          "insert",
          "clear",
          "pop",
          "_set_item",
          "list",
          "len",
          "__getitem__",
          "__contains__",
          "dict",
          "keys",
          "values",
          "items",
          "get",
          "setdefault",
          "update",
          "Delete",
          "reverse",
          "warn",
          "print",
          "Print",
          "format",
          "prim.unchecked_unwrap_optional",
          "wait");

  private static final Set<String> FREE = new HashSet<>();
  private static final Set<String> QUESTIONS = new HashSet<>();
  private static final Map<String, Operator> ALL = all();

  private Operators() {}

  private static Map<String, Operator> all() {
    OperatorTable<Operator> ops = new OperatorTable<>();
    ElementwiseOps.register(ops);
    ReductionOps.register(ops);
    ConvolutionOps.register(ops);
    MatrixOps.register(ops);
    RecurrentOps.register(ops);
    MoveOps.register(ops);
    DataOps.register(ops);
    IndexOps.register(ops);
    MakerOps.register(ops);
    ResizeOps.register(ops);
    UnfoldOps.register(ops);
    AttentionOps.register(ops);
    QuantizedOps.register(ops);
    ScalarOps.register(ops); // late: it wraps what numbers and tensors share
    ListOps.register(ops);
    PrimOps.register(ops);
    names(MoveOps::register, FREE);
    names(PrimOps::register, QUESTIONS);
    names(ScalarOps::registerQuestions, QUESTIONS);
    QUESTIONS.addAll(List.of("__is__", "__isnot__", "__not__"));
    return ops.toMap();
  }

  private static void names(Consumer<OperatorTable<Operator>> family, Set<String> into) {
    OperatorTable<Operator> ops = new OperatorTable<>();
    family.accept(ops);
    into.addAll(ops.names());
  }

  /** Returns whether an operator reads or changes a list or dictionary, whatever is in it. */
  public static boolean isContainer(String name) {
    return CONTAINERS.contains(name);
  }

  /** Returns whether an operator only asks: its result is no tensor. */
  public static boolean isQuestion(String name) {
    return QUESTIONS.contains(name);
  }

  /** Returns whether an operator computes and moves nothing. */
  public static boolean isFree(String name) {
    return FREE.contains(name) || isContainer(name) || isQuestion(name);
  }

  /** Returns an operator; {@code relu_} is {@code relu} in place. */
  public static Optional<Operator> of(String name) {
    Operator found = ALL.get(name);
    if (found == null && name.endsWith("_") && !name.endsWith("__")) {
      found = ALL.get(name.substring(0, name.length() - 1));
    }
    return Optional.ofNullable(found);
  }

  /** Returns an operator that must be there. */
  static Operator standard(String name) {
    return of(name).orElseThrow(() -> new IllegalStateException("no operator " + name));
  }
}
