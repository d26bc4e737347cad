package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.ShapeTape;
import io.stagemark.flops.onnx.UnknownShape;
import io.stagemark.flops.onnx.Value;
import io.stagemark.flops.torchscript.ScriptUnit.Parameter;
import io.stagemark.flops.torchscript.ScriptUnit.ScriptClass;
import io.stagemark.flops.torchscript.ScriptUnit.ScriptFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a script with shapes in place of data; every operator it calls goes onto a tape. */
final class Interpreter {
  private static final int DEEPEST_CALL = 200;
  private static final long MOST_STEPS = 5_000_000;
  private static final long MOST_ITEMS = 30_000_000;

  private final TorchArchive archive;
  private final ShapeTape tape;
  private final List<@Nullable Object> constants;
  private final Map<String, Integer> lineOf = new HashMap<>();
  private final List<CalledOperator> called = new ArrayList<>();
  private long steps;
  private long items;
  private int depth;

  Interpreter(TorchArchive archive, ShapeTape tape) throws IOException {
    this.archive = archive;
    this.tape = tape;
    this.constants = archive.constants();
  }

  /** Returns every operator that was applied to a tensor, in order. */
  List<CalledOperator> called() {
    return called;
  }

  /** A function or class that a script names. */
  record Qualified(String name) {}

  /** The variables of one call. */
  private static final class Frame {
    private final Map<String, @Nullable Object> variables = new HashMap<>();
    private final String path;
    private @Nullable Object result;

    private Frame(String path) {
      this.path = path;
    }
  }

  /** Calls a method of an object. */
  @Nullable Object call(
      ScriptObject self,
      String method,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> keywords) {
    ScriptFunction function = type(self.type()).methods().get(method);
    if (function == null) {
      throw new ScriptFault(self.type(), "no method " + method);
    }
    List<@Nullable Object> all = new ArrayList<>();
    all.add(self);
    all.addAll(arguments);
    return run(function, self.path(), all, keywords);
  }

  private @Nullable Object run(
      ScriptFunction function,
      String path,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> keywords) {
    if (++depth > DEEPEST_CALL) {
      throw new ScriptFault(function.name(), "calls nested deeper than " + DEEPEST_CALL);
    }
    Frame frame = new Frame(path);
    for (int i = 0; i < function.parameters().size(); i++) {
      Parameter parameter = function.parameters().get(i);
      Object given;
      if (i < arguments.size()) {
        given = arguments.get(i);
      } else if (keywords.containsKey(parameter.name())) {
        given = keywords.get(parameter.name());
      } else if (parameter.otherwise() != null) {
        given = evaluate(parameter.otherwise(), frame);
      } else {
        throw new ScriptFault(
            path, "%s without its '%s'".formatted(function.name(), parameter.name()));
      }
      frame.variables.put(parameter.name(), given);
    }
    execute(function.body(), frame);
    depth--;
    return frame.result;
  }

  private ScriptClass type(String name) {
    int dot = name.lastIndexOf('.');
    return unit(name.substring(0, Math.max(0, dot)))
        .map(unit -> unit.classes().get(name.substring(dot + 1)))
        .orElseThrow(() -> new ScriptFault(name, "no such class in the archive"));
  }

  private Optional<ScriptUnit> unit(String module) {
    try {
      return archive.unit(module);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs statements; true where one of them returned. */
  private boolean execute(List<Statement> statements, Frame frame) {
    for (Statement statement : statements) {
      if (++steps > MOST_STEPS) {
        throw new ScriptFault(frame.path, "more than %d statements".formatted(MOST_STEPS));
      }
      if (statement instanceof Statement.Assign assign) {
        assign(assign, frame);
      } else if (statement instanceof Statement.Evaluate one) {
        evaluate(one.value(), frame);
      } else if (statement instanceof Statement.If choice) {
        if (execute(
            ScriptValues.truth(evaluate(choice.condition(), frame))
                ? choice.then()
                : choice.otherwise(),
            frame)) {
          return true;
        }
      } else if (statement instanceof Statement.For loop) {
        for (Object item : ScriptValues.items(evaluate(loop.over(), frame))) {
          frame.variables.put(loop.variable(), item);
          if (execute(loop.body(), frame)) {
            return true;
          }
        }
      } else if (statement instanceof Statement.While loop) {
        while (ScriptValues.truth(evaluate(loop.condition(), frame))) {
          if (execute(loop.body(), frame)) {
            return true;
          }
        }
      } else if (statement instanceof Statement.Return end) {
        frame.result = end.value() == null ? null : evaluate(end.value(), frame);
        return true;
      }
    }
    return false;
  }

  private void assign(Statement.Assign assign, Frame frame) {
    Object value = evaluate(assign.value(), frame);
    if (!assign.unpack()) {
      store(assign.targets().get(0), value, frame);
      return;
    }
    List<@Nullable Object> parts = ScriptValues.items(value);
    if (parts.size() != assign.targets().size()) {
      throw new ScriptFault(
          frame.path, "%d values for %d names".formatted(parts.size(), assign.targets().size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      store(assign.targets().get(i), parts.get(i), frame);
    }
  }

  private void store(Expr target, @Nullable Object value, Frame frame) {
    if (target instanceof Expr.Name name) {
      frame.variables.put(name.name(), value);
    } else if (target instanceof Expr.Attribute attribute
        && evaluate(attribute.of(), frame) instanceof ScriptObject object) {
      object.fields().put(attribute.name(), value);
    } else {
      throw new ScriptFault(frame.path, "an assignment to " + target);
    }
  }

  private @Nullable Object evaluate(Expr expression, Frame frame) {
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
    if (expression instanceof Expr.Items list) {
      return all(list.items(), frame);
    }
    if (expression instanceof Expr.Tuple tuple) {
      return ScriptTuple.of(all(tuple.items(), frame));
    }
    Expr.Entries entries = (Expr.Entries) expression;
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.keys().size(); i++) {
      map.put(evaluate(entries.keys().get(i), frame), evaluate(entries.values().get(i), frame));
    }
    return map;
  }

  private List<@Nullable Object> all(List<Expr> expressions, Frame frame) {
    List<@Nullable Object> values = new ArrayList<>();
    expressions.forEach(expression -> values.add(evaluate(expression, frame)));
    return values;
  }

  private static @Nullable Object variable(Expr.Name name, Frame frame) {
    if (!frame.variables.containsKey(name.name())) {
      throw new ScriptFault(
          frame.path, "line %d: '%s' has no value".formatted(name.line(), name.name()));
    }
    return frame.variables.get(name.name());
  }

  private @Nullable Object attribute(Expr.Attribute attribute, Frame frame) {
    String qualified = qualified(attribute, frame);
    if (qualified.startsWith("CONSTANTS.c")) {
      return constants.get(Integer.parseInt(qualified.substring("CONSTANTS.c".length())));
    }
    if (!qualified.isEmpty()) {
      return new Qualified(qualified);
    }
    return field(evaluate(attribute.of(), frame), attribute.name(), frame);
  }

  private @Nullable Object field(@Nullable Object of, String name, Frame frame) {
    if (of instanceof ScriptTuple tuple && tuple.names().contains(name)) {
      return tuple.items().get(tuple.names().indexOf(name));
    }
    if (!(of instanceof ScriptObject object)) {
      throw new ScriptFault(
          frame.path, "a field '%s' of %s".formatted(name, ScriptValues.shown(of)));
    }
    if (object.fields().containsKey(name)) {
      return object.fields().get(name);
    }
    Expr constant = type(object.type()).constants().get(name);
    if (constant == null) {
      throw new ScriptFault(object.type(), "no field " + name);
    }
    return evaluate(constant, frame);
  }

  /** Returns {@code a.b.c} as a name where {@code a} is no variable; else nothing. */
  private static String qualified(Expr expression, Frame frame) {
    if (expression instanceof Expr.Name name) {
      return frame.variables.containsKey(name.name()) ? "" : name.name();
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
    if (of instanceof Map<?, ?> map) {
      return map.get(index);
    }
    List<@Nullable Object> items = ScriptValues.items(of);
    if (!(index instanceof Long whole)) {
      throw new ScriptFault(frame.path, "an index " + ScriptValues.shown(index));
    }
    int at = (int) (whole < 0 ? whole + items.size() : whole);
    if (at < 0 || at >= items.size()) {
      throw new ScriptFault(frame.path, "index %d of %d items".formatted(whole, items.size()));
    }
    return items.get(at);
  }

  private @Nullable Object call(Expr.Call call, Frame frame) {
    String name = qualified(call.function(), frame);
    switch (name) {
      case "annotate", "unchecked_cast" -> {
        return evaluate(call.arguments().get(1), frame);
      }
      case "uninitialized" -> {
        return null;
      }
      case "isinstance" -> {
        return TypeTest.holds(evaluate(call.arguments().get(0), frame), call.arguments().get(1));
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
      if (of instanceof ScriptObject object) {
        return call(object, method.name(), arguments, keywords);
      }
    }
    if (name.isEmpty() && evaluate(call.function(), frame) instanceof Qualified function) {
      name = function.name();
    }
    Arguments given = new Arguments(name, frame.path, arguments, keywords, tape);
    return named(name, given, frame, call.line());
  }

  private @Nullable Object named(String name, Arguments a, Frame frame, int line) {
    if (name.startsWith("torch.")) {
      return operator(name.substring("torch.".length()), a, line);
    }
    if (name.startsWith("ops.aten.")) {
      return operator(name.substring("ops.aten.".length()), a, line);
    }
    if (name.startsWith("ops.prim.")) {
      return operator(name.substring("ops.".length()), a, line);
    }
    if (name.startsWith("__torch__.")) {
      return scripted(name, a);
    }
    return switch (name) {
      case "int", "float", "bool", "str" -> PrimOps.convert(name, a);
      case "range" -> ScriptValues.range(a);
      case "getattr" -> field(a.get(0), a.text(1, "", ""), frame);
      case "len" -> operator("len", a, line);
      default -> operator(name, a, line);
    };
  }

  private @Nullable Object operator(String name, Arguments a, int line) {
    boolean inPlace = name.endsWith("_") && !name.endsWith("__");
    String plain = inPlace ? name.substring(0, name.length() - 1) : name;
    Arguments named =
        new Arguments(plain, label(a.where(), name, line), a.positional(), a.keywords(), tape);
    Optional<Operator> operator = Operators.of(name);
    if (operator.isEmpty()) {
      tape.uncounted(name.contains(".") ? name.replace(".", "::") : "aten::" + name);
      throw new UnknownShape("operator " + name);
    }
    if (takesTensor(a.positional())) {
      called.add(new CalledOperator(name, named.where()));
    }
    return bounded(operator.get().apply(named), named);
  }

  /** Many long lists fill a heap as one does. */
  private @Nullable Object bounded(@Nullable Object result, Arguments a) {
    boolean grown = a.count() > 0 && result == a.get(0);
    items += !grown && result instanceof List<?> list ? list.size() : 0;
    if (items > MOST_ITEMS) {
      throw new ScriptFault(a.where(), "lists of more than %d items".formatted(MOST_ITEMS));
    }
    return result;
  }

  private static boolean takesTensor(List<@Nullable Object> arguments) {
    return arguments.stream()
        .anyMatch(
            a ->
                a instanceof Value
                    || (a instanceof List<?> l && l.stream().anyMatch(Value.class::isInstance)));
  }

  /** Module and operator; with the line where a module calls an operator more than once. */
  private String label(String path, String operator, int line) {
    String label = path.isEmpty() ? operator : path + "/" + operator;
    int first = lineOf.computeIfAbsent(label, name -> line);
    return first == line ? label : label + ":" + line;
  }

  /** A function of the archive, or a class that is made. */
  private @Nullable Object scripted(String name, Arguments a) {
    int dot = name.lastIndexOf('.');
    String last = name.substring(dot + 1);
    ScriptUnit unit =
        unit(name.substring(0, dot)).orElseThrow(() -> new ScriptFault(name, "not in the archive"));
    ScriptFunction function = unit.functions().get(last);
    if (function != null) {
      return run(function, a.where(), a.positional(), a.keywords());
    }
    ScriptClass made = unit.classes().get(last);
    if (made == null) {
      throw new ScriptFault(name, "neither a function nor a class of the archive");
    }
    if (made.base().equals("NamedTuple")) {
      return new ScriptTuple(a.positional(), made.fields());
    }
    ScriptObject object = new ScriptObject(name);
    if (made.methods().containsKey("__init__")) {
      call(object, "__init__", a.positional(), a.keywords());
    }
    return object;
  }
}
