package io.stagemark.flops.torchscript;

import io.stagemark.flops.CountBudget;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.archive.TorchArchive;
import io.stagemark.flops.torchscript.script.Expr;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.script.ScriptUnit;
import io.stagemark.flops.torchscript.script.ScriptUnit.Parameter;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptClass;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptFunction;
import io.stagemark.flops.torchscript.script.SkippedBlock;
import io.stagemark.flops.torchscript.script.Statement;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptRange;
import io.stagemark.flops.torchscript.value.ScriptValues;
import io.stagemark.flops.torchscript.value.Unfollowed;
import io.stagemark.flops.torchscript.value.Unknown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the statements of a script with shapes in place of data. Where a branch or a loop depends
 * on data, its body is passed over, what it would assign becomes {@link Unknown}, and the count
 * says so.
 */
final class Interpreter {
  private static final int MAX_DEPTH = 200;

  private final TorchArchive archive;
  private final CountBudget budget;
  private final Unfollowed unfollowed;
  private final Evaluator evaluator;
  private int depth;

  Interpreter(TorchArchive archive, OperatorCalls operators, CountBudget budget)
      throws IOException {
    this.archive = archive;
    this.budget = budget;
    this.unfollowed = operators.unfollowed();
    this.evaluator = new Evaluator(this, operators, archive.constants());
  }

  /** A function inside a function: it sees the variables of the call that defined it. */
  record Closure(ScriptFunction function, Frame frame) {}

  /** Calls a function inside a function. */
  @Nullable Object run(Closure closure) {
    if (++depth > MAX_DEPTH) {
      throw new ScriptFault(closure.function().name(), "calls nested deeper than " + MAX_DEPTH);
    }
    Frame frame = new Frame(closure.frame().path(), closure.function().name());
    frame.variables().putAll(closure.frame().variables());
    execute(closure.function().body(), frame);
    depth--;
    return frame.result();
  }

  /** Returns a method of an object's class. */
  ScriptFunction method(ScriptObject self, String method) {
    ScriptFunction function = type(self.type()).methods().get(method);
    if (function == null) {
      throw new ScriptFault(self.type(), "no method " + method);
    }
    return function;
  }

  /** Calls a function, or a method with the object as the first argument. */
  @Nullable Object run(
      ScriptFunction function,
      String path,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> keywords) {
    if (++depth > MAX_DEPTH) {
      throw new ScriptFault(function.name(), "calls nested deeper than " + MAX_DEPTH);
    }
    budget.step();
    Frame frame = new Frame(path, function.name());
    for (int i = 0; i < function.parameters().size(); i++) {
      Parameter parameter = function.parameters().get(i);
      Object given;
      if (i < arguments.size()) {
        given = arguments.get(i);
      } else if (keywords.containsKey(parameter.name())) {
        given = keywords.get(parameter.name());
      } else if (parameter.otherwise() != null) {
        given = evaluator.evaluate(parameter.otherwise(), frame);
      } else {
        throw new ScriptFault(
            path, "%s without its '%s'".formatted(function.name(), parameter.name()));
      }
      frame.variables().put(parameter.name(), given);
    }
    boolean returned = execute(function.body(), frame);
    if (!returned && !function.name().startsWith("__")) {
      // torch.jit.save writes one even where nothing is returned: the code was cut or changed
      throw new ScriptFault(frame.place(0), "code that ends without a return");
    }
    depth--;
    return frame.result();
  }

  ScriptClass type(String name) {
    int dot = name.lastIndexOf('.');
    return unit(name.substring(0, Math.max(0, dot)))
        .map(unit -> unit.classes().get(name.substring(dot + 1)))
        .orElseThrow(() -> new ScriptFault(name, "no such class in the archive"));
  }

  Optional<ScriptUnit> unit(String module) {
    try {
      return archive.unit(module);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs statements; true where one of them returned. */
  private boolean execute(List<Statement> statements, Frame frame) {
    for (Statement statement : statements) {
      budget.step();
      if (statement instanceof Statement.Assign assign) {
        assign(assign, frame);
      } else if (statement instanceof Statement.Evaluate one) {
        evaluator.evaluate(one.value(), frame);
      } else if (statement instanceof Statement.Return end) {
        frame.returns(end.value() == null ? null : evaluator.evaluate(end.value(), frame));
        return true;
      } else if (compound(statement, frame)) {
        return true;
      }
    }
    return false;
  }

  private boolean compound(Statement statement, Frame frame) {
    if (statement instanceof Statement.If choice) {
      return choose(choice, frame);
    }
    if (statement instanceof Statement.Define definition) {
      frame
          .variables()
          .put(definition.function().name(), new Closure(definition.function(), frame));
      return false;
    }
    return statement instanceof Statement.For loop
        ? loop(loop, frame)
        : statement instanceof Statement.While repeated && loop(repeated, frame);
  }

  /**
   * Where the condition depends on data but one branch only refuses the input, the other one is
   * followed: no forward that ends takes the first.
   */
  private boolean choose(Statement.If choice, Frame frame) {
    Optional<Boolean> truth = ScriptValues.truth(evaluator.evaluate(choice.condition(), frame));
    if (truth.isPresent()) {
      return execute(truth.get() ? choice.then() : choice.otherwise(), frame);
    }
    boolean thenRefuses = SkippedBlock.refuses(choice.then());
    boolean otherwiseRefuses = SkippedBlock.refuses(choice.otherwise());
    if (thenRefuses != otherwiseRefuses) {
      return execute(thenRefuses ? choice.otherwise() : choice.then(), frame);
    }
    return skip(
        "the branch at %s depends on data: neither side is counted"
            .formatted(frame.place(choice.condition().line())),
        List.of(choice.then(), choice.otherwise()),
        frame);
  }

  private boolean loop(Statement.For loop, Frame frame) {
    Object over = evaluator.evaluate(loop.over(), frame);
    if (over instanceof Unknown || Unknown.hides(over)) {
      return skip(
          "how often the loop at %s runs depends on data: its body is not counted"
              .formatted(frame.place(loop.over().line())),
          List.of(loop.body()),
          frame);
    }
    if (over instanceof ScriptRange range) {
      for (long i = 0; i < range.count(); i++) {
        if (iterate(loop, range.get(i), frame)) {
          return true;
        }
      }
      return false;
    }
    for (Object item : ScriptValues.items(over)) {
      if (iterate(loop, item, frame)) {
        return true;
      }
    }
    return false;
  }

  private boolean iterate(Statement.For loop, @Nullable Object item, Frame frame) {
    budget.step();
    frame.variables().put(loop.variable(), item);
    return execute(loop.body(), frame);
  }

  private boolean loop(Statement.While loop, Frame frame) {
    while (true) {
      budget.step();
      Optional<Boolean> truth = ScriptValues.truth(evaluator.evaluate(loop.condition(), frame));
      if (truth.isEmpty()) {
        return skip(
            "when the loop at %s ends depends on data: it is counted up to there"
                .formatted(frame.place(loop.condition().line())),
            List.of(loop.body()),
            frame);
      }
      if (!truth.get()) {
        return false;
      }
      if (execute(loop.body(), frame)) {
        return true;
      }
    }
  }

  /** Passes over statements; true where one of them would have returned. */
  private boolean skip(String reason, List<List<Statement>> blocks, Frame frame) {
    unfollowed.add(reason);
    boolean returns = false;
    for (List<Statement> block : blocks) {
      SkippedBlock skipped = SkippedBlock.of(block);
      skipped.variables().forEach(name -> frame.variables().put(name, Unknown.ANYTHING));
      for (Expr.Attribute field : skipped.fields()) {
        if (evaluator.evaluate(field.of(), frame) instanceof ScriptObject object) {
          object.fields().put(field.name(), Unknown.ANYTHING);
        }
      }
      returns |= skipped.returns();
    }
    if (returns) {
      frame.returns(Unknown.ANYTHING);
    }
    return returns;
  }

  private void assign(Statement.Assign assign, Frame frame) {
    Object value = evaluator.evaluate(assign.value(), frame);
    if (!assign.unpack()) {
      store(assign.targets().get(0), value, frame);
      return;
    }
    if (Unknown.hides(value)) {
      Object each = value == Unknown.ANYTHING ? Unknown.ANYTHING : Value.UNKNOWN;
      assign.targets().forEach(target -> store(target, each, frame));
      return;
    }
    List<@Nullable Object> parts = ScriptValues.items(value);
    if (parts.size() != assign.targets().size()) {
      throw new ScriptFault(
          frame.path(), "%d values for %d names".formatted(parts.size(), assign.targets().size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      store(assign.targets().get(i), parts.get(i), frame);
    }
  }

  private void store(Expr target, @Nullable Object value, Frame frame) {
    if (target instanceof Expr.Name name) {
      frame.variables().put(name.name(), value);
      return;
    }
    if (target instanceof Expr.Attribute attribute) {
      Object of = evaluator.evaluate(attribute.of(), frame);
      if (of instanceof ScriptObject object) {
        object.fields().put(attribute.name(), value);
        return;
      }
      if (Unknown.hides(of)) {
        return;
      }
    }
    throw new ScriptFault(frame.path(), "an assignment to " + target);
  }
}
