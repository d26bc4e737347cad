package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.operator.PrimOps;
import io.stagemark.flops.torchscript.operator.ScalarOps;
import io.stagemark.flops.torchscript.script.Expr;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.script.ScriptUnit;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptClass;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptFunction;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptRange;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates the expressions of a script: names, fields, subscripts and calls. */
final class Evaluator {
  private final Interpreter interpreter;
  private final OperatorCalls operators;
  private final List<@Nullable Object> constants;

  Evaluator(Interpreter interpreter, OperatorCalls operators, List<@Nullable Object> constants) {
    this.interpreter = interpreter;
    this.operators = operators;
    this.constants = constants;
  }

  /** A function or class that a script names. */
  record QualifiedName(String name) {}

  @Nullable Object evaluate(Expr expression, Frame frame) {
    if (expression instanceof Expr.Literal literal) {
      return literal.value();
    }
    if (expression instanceof Expr.Name name) {
      return variable(name, frame);
    }
    if (expression instanceof Expr.Attribute attribute) {
      return attribute(attribute, frame);
    }
    if (expression instanceof Expr.Call call) {
      return call(call, frame);
    }
    if (expression instanceof Expr.Subscript subscript) {
      return subscript(subscript, frame);
    }
    if (expression instanceof Expr.ListLiteral list) {
      return all(list.items(), frame);
    }
    if (expression instanceof Expr.Tuple tuple) {
      return ScriptTuple.of(all(tuple.items(), frame));
    }
    Expr.DictLiteral entries = (Expr.DictLiteral) expression;
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.keys().size(); i++) {
      Object key = ScriptValues.key(evaluate(entries.keys().get(i), frame));
      map.put(key, evaluate(entries.values().get(i), frame));
    }
    return map;
  }

  private List<@Nullable Object> all(List<Expr> expressions, Frame frame) {
    List<@Nullable Object> values = new ArrayList<>();
    expressions.forEach(expression -> values.add(evaluate(expression, frame)));
    return values;
  }

  private static @Nullable Object variable(Expr.Name name, Frame frame) {
    if (!frame.variables().containsKey(name.name())) {
      throw new ScriptFault(
          frame.path(), "line %d: '%s' has no value".formatted(name.line(), name.name()));
    }
    return frame.variables().get(name.name());
  }

  private @Nullable Object attribute(Expr.Attribute attribute, Frame frame) {
    String qualified = qualified(attribute, frame);
    if (qualified.startsWith("CONSTANTS.c")) {
      return constant(qualified.substring("CONSTANTS.c".length()));
    }
    if (!qualified.isEmpty()) {
      return new QualifiedName(qualified);
    }
    return field(evaluate(attribute.of(), frame), attribute.name(), frame);
  }

  private @Nullable Object constant(String number) {
    try {
      return constants.get(Integer.parseInt(number));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new ScriptFault(
          "constants.pkl", "no constant %s among %d".formatted(number, constants.size()));
    }
  }

  private @Nullable Object field(@Nullable Object of, String name, Frame frame) {
    if (of instanceof ScriptTuple tuple && tuple.names().contains(name)) {
      return tuple.items().get(tuple.names().indexOf(name));
    }
    if (Unknown.hides(of)) {
      return Unknown.ANYTHING;
    }
    if (!(of instanceof ScriptObject object)) {
      throw new ScriptFault(
          frame.path(), "a field '%s' of %s".formatted(name, ScriptValues.shown(of)));
    }
    if (object.fields().containsKey(name)) {
      return object.fields().get(name);
    }
    Expr constant = interpreter.type(object.type()).constants().get(name);
    if (constant == null) {
      throw new ScriptFault(object.type(), "no field " + name);
    }
    return evaluate(constant, frame);
  }

  /** Returns {@code a.b.c} as a name where {@code a} is no variable; else nothing. */
  private static String qualified(Expr expression, Frame frame) {
    if (expression instanceof Expr.Name name) {
      return frame.variables().containsKey(name.name()) ? "" : name.name();
    }
    if (expression instanceof Expr.Attribute attribute) {
      String head = qualified(attribute.of(), frame);
      return head.isEmpty() ? "" : head + "." + attribute.name();
    }
    return "";
  }

  private @Nullable Object subscript(Expr.Subscript subscript, Frame frame) {
    Object of = evaluate(subscript.of(), frame);
    Object index = evaluate(subscript.index(), frame);
    if (Unknown.hides(of)) {
      return of;
    }
    if (index instanceof Unknown) {
      return Unknown.ANYTHING;
    }
    if (of instanceof Map<?, ?> map) {
      Object key = ScriptValues.key(index);
      if (!map.containsKey(key)) {
        throw new ScriptFault(frame.path(), "no key %s".formatted(ScriptValues.shown(key)));
      }
      return map.get(key);
    }
    if (!(index instanceof Long whole)) {
      throw new ScriptFault(frame.path(), "an index " + ScriptValues.shown(index));
    }
    if (of instanceof String text) {
      return String.valueOf(text.charAt(ScriptValues.index(whole, text.length(), frame.path())));
    }
    List<@Nullable Object> items = ScriptValues.items(of);
    return items.get(ScriptValues.index(whole, items.size(), frame.path()));
  }

  private @Nullable Object call(Expr.Call call, Frame frame) {
    String name = qualified(call.function(), frame);
    switch (name) {
      case "annotate", "unchecked_cast" -> {
        return annotated(call, frame);
      }
      case "uninitialized" -> {
        return null;
      }
      case "isinstance" -> {
        return TypeTest.holds(evaluate(call.arguments().get(0), frame), call.arguments().get(1));
      }
      case "fork", "awaitable" -> {
        return forked(call, frame);
      }
      default -> {
        // an ordinary call
      }
    }
    List<@Nullable Object> arguments = all(call.arguments(), frame);
    Map<String, @Nullable Object> keywords = new LinkedHashMap<>();
    call.keywords().forEach((key, value) -> keywords.put(key, evaluate(value, frame)));
    if (name.isEmpty() && call.function() instanceof Expr.Attribute method) {
      Object of = evaluate(method.of(), frame);
      if (!(of instanceof Evaluator.QualifiedName)) {
        return method(of, method.name(), arguments, keywords, frame);
      }
    }
    if (name.isEmpty() && evaluate(call.function(), frame) instanceof QualifiedName function) {
      name = function.name();
    }
    Arguments given = new Arguments(name, frame.path(), arguments, keywords, operators.tape());
    return named(name, given, frame, call.line());
  }

  /** Applies an annotated type to a value: a tensor that holds a number becomes the number. */
  private @Nullable Object annotated(Expr.Call call, Frame frame) {
    Object value = evaluate(call.arguments().get(1), frame);
    if (!(value instanceof Value tensor) || !(call.arguments().get(0) instanceof Expr.Name type)) {
      return value;
    }
    return switch (type.name()) {
      case "int", "float", "bool" -> PrimOps.convert(type.name(), operators.latest(tensor));
      case "number", "Scalar" -> ScalarOps.number(operators.latest(tensor));
      default -> value;
    };
  }

  private @Nullable Object method(
      @Nullable Object of,
      String method,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> keywords,
      Frame frame) {
    if (of instanceof ScriptObject object) {
      return call(object, method, arguments, keywords);
    }
    if (of instanceof Value tensor && method.equals("tolist")) {
      return ScalarOps.nested(operators.latest(tensor));
    }
    if (Unknown.hides(of)) {
      return Unknown.ANYTHING;
    }
    throw new ScriptFault(
        frame.path(), "a method '%s' of %s".formatted(method, ScriptValues.shown(of)));
  }

  private @Nullable Object call(
      ScriptObject self,
      String method,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> keywords) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(self);
    all.addAll(arguments);
    return interpreter.run(interpreter.method(self, method), self.path(), all, keywords);
  }

  /** fork(function) runs in another thread; here it is followed at once. */
  private @Nullable Object forked(Expr.Call call, Frame frame) {
    if (evaluate(call.arguments().get(0), frame) instanceof Interpreter.Closure closure) {
      return interpreter.run(closure);
    }
    throw new ScriptFault(frame.place(call.line()), "a fork of something that is no function");
  }

  private @Nullable Object named(String name, Arguments a, Frame frame, int line) {
    if (name.startsWith("torch.")) {
      return operators.call(name.substring("torch.".length()), a, line);
    }
    if (name.startsWith("ops.aten.")) {
      return operators.call(name.substring("ops.aten.".length()), a, line);
    }
    if (name.startsWith("ops.")) {
      return operators.call(name.substring("ops.".length()), a, line);
    }
    if (name.startsWith("__torch__.")) {
      return scripted(name, a);
    }
    return switch (name) {
      case "int", "float", "bool", "str" -> PrimOps.convert(name, operators.latest(a.get(0)));
      case "range" -> ScriptRange.of(a);
      case "getattr" -> field(a.get(0), a.text(1, "", ""), frame);
      default -> operators.call(name, a, line);
    };
  }

  /** A function of the archive, or a class that is made. */
  private @Nullable Object scripted(String name, Arguments a) {
    int dot = name.lastIndexOf('.');
    String last = name.substring(dot + 1);
    ScriptUnit unit =
        interpreter
            .unit(name.substring(0, dot))
            .orElseThrow(() -> new ScriptFault(name, "not in the archive"));
    ScriptFunction function = unit.functions().get(last);
    if (function != null) {
      return interpreter.run(function, a.where(), a.positional(), a.keywords());
    }
    ScriptClass made = unit.classes().get(last);
    if (made == null) {
      throw new ScriptFault(name, "neither a function nor a class of the archive");
    }
    if (made.base().equals("NamedTuple")) {
      return new ScriptTuple(a.positional(), List.copyOf(made.fields().keySet()));
    }
    ScriptObject object = new ScriptObject(name);
    if (made.methods().containsKey("__init__")) {
      call(object, "__init__", a.positional(), a.keywords());
    }
    return object;
  }
}
