package io.stagemark.flops.torchscript.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one file of a script defines.
 *
 * @param classes by name
 * @param functions by name
 */
public record ScriptUnit(Map<String, ScriptClass> classes, Map<String, ScriptFunction> functions) {

  /**
   * A class.
   *
   * @param name its name
   * @param base such as {@code Module} or {@code NamedTuple}
   * @param fields declared fields with their types, in order
   * @param constants fields with a value
   * @param methods by name
   */
  public record ScriptClass(
      String name,
      String base,
      Map<String, Expr> fields,
      Map<String, Expr> constants,
      Map<String, ScriptFunction> methods) {}

  /**
   * A function or method.
   *
   * @param name its name
   * @param parameters in order, {@code self} first for a method
   * @param body what it does
   */
  public record ScriptFunction(String name, List<Parameter> parameters, List<Statement> body) {}

  /**
   * A parameter.
   *
   * @param name its name
   * @param type as the code declares it; null where it does not (for {@code self})
   * @param otherwise what it is when the caller gives nothing; null where the caller must
   */
  public record Parameter(String name, @Nullable Expr type, @Nullable Expr otherwise) {}
}
