package io.stagemark.flops.torchscript.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a script. */
public sealed interface Statement {

  /**
   * {@code a, b = value}.
   *
   * @param targets variables or attributes; more than one unpacks
   * @param unpack true where the targets were a list, be it of one
   */
  record Assign(List<Expr> targets, boolean unpack, Expr value) implements Statement {}

  /** {@code if condition: then; else: otherwise}. */
  record If(Expr condition, List<Statement> then, List<Statement> otherwise) implements Statement {}

  /** {@code for variable in over: body}. */
  record For(String variable, Expr over, List<Statement> body) implements Statement {}

  /** {@code while condition: body}. */
  record While(Expr condition, List<Statement> body) implements Statement {}

  /** {@code return value}; without a value, null. */
  record Return(@Nullable Expr value) implements Statement {}

  /** A call for its effect. */
  record Evaluate(Expr value) implements Statement {}

  /** {@code def name(): body} inside a function: what {@code fork} runs. */
  record Define(ScriptUnit.ScriptFunction function) implements Statement {}
}
