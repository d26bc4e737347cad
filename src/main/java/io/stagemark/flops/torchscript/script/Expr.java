package io.stagemark.flops.torchscript.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression of a script. */
public sealed interface Expr {

  /** Returns the line in its file, from 1; 0 where it was not kept. */
  default int line() {
    return 0;
  }

  /**
   * A number, string, truth value or None.
   *
   * @param value {@code Long}, {@code Double}, {@code String}, {@code Boolean} or null
   */
  record Literal(@Nullable Object value) implements Expr {}

  /** A variable, or the first word of a qualified name. */
  record Name(String name, int line) implements Expr {}

  /** {@code of.name}. */
  record Attribute(Expr of, String name, int line) implements Expr {}

  /** {@code of[index]}; a type such as {@code List[int]} looks the same. */
  record Subscript(Expr of, Expr index, int line) implements Expr {}

  /** {@code function(arguments, key=value)}. */
  record Call(Expr function, List<Expr> arguments, Map<String, Expr> keywords, int line)
      implements Expr {}

  /** {@code [a, b]}. */
  record ListLiteral(List<Expr> items) implements Expr {}

  /** {@code (a, b)}. */
  record Tuple(List<Expr> items) implements Expr {}

  /** {@code {a: b}}. */
  record DictLiteral(List<Expr> keys, List<Expr> values) implements Expr {}
}
