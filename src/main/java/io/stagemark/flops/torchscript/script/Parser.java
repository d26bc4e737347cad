package io.stagemark.flops.torchscript.script;

import io.stagemark.flops.torchscript.script.ScriptUnit.Parameter;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptClass;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads classes, functions and statements of the Python that torch.jit.save writes. */
public final class Parser {
  private final TokenReader words;
  private final Expressions expressions;

  private Parser(TokenReader words) {
    this.words = words;
    this.expressions = new Expressions(words);
  }

  /** Reads a file. */
  public static ScriptUnit parse(String text, String file) {
    Parser parser = new Parser(new TokenReader(Lexer.split(text, file), file));
    return parser.unit();
  }

  private ScriptUnit unit() {
    Map<String, ScriptClass> classes = new LinkedHashMap<>();
    Map<String, ScriptFunction> functions = new LinkedHashMap<>();
    while (!words.at(Token.TokenKind.END)) {
      if (words.take("class")) {
        ScriptClass read = classDefinition();
        classes.put(read.name(), read);
      } else if (words.take("def")) {
        ScriptFunction read = function();
        functions.put(read.name(), read);
      } else {
        words.skipLine();
      }
    }
    return new ScriptUnit(classes, functions);
  }

  private ScriptClass classDefinition() {
    String name = words.name();
    String base = "";
    if (words.take("(")) {
      while (!words.take(")")) {
        base = words.next().text();
      }
    }
    words.expect(":");
    Map<String, Expr> fields = new LinkedHashMap<>();
    Map<String, Expr> constants = new LinkedHashMap<>();
    Map<String, ScriptFunction> methods = new LinkedHashMap<>();
    words.newline();
    if (words.at(Token.TokenKind.INDENT)) {
      words.next();
      while (!words.at(Token.TokenKind.DEDENT) && !words.at(Token.TokenKind.END)) {
        if (words.take("def")) {
          ScriptFunction method = function();
          methods.put(method.name(), method);
        } else {
          field(fields, constants);
        }
      }
      words.endOfBlock();
    }
    return new ScriptClass(name, base, fields, constants, methods);
  }

  /** {@code name : Type}, or with a value behind it; anything else is passed over. */
  private void field(Map<String, Expr> fields, Map<String, Expr> constants) {
    if (words.at(Token.TokenKind.NEWLINE) || !words.at(Token.TokenKind.NAME)) {
      words.skipLine();
      return;
    }
    String name = words.name();
    if (words.take(":")) {
      fields.put(name, expressions.type());
    }
    if (words.take("=")) {
      constants.put(name, expressions.list());
    }
    words.skipLine();
  }

  private ScriptFunction function() {
    String name = words.name();
    List<Parameter> parameters = new ArrayList<>();
    words.expect("(");
    while (!words.take(")")) {
      String parameter = words.name();
      @Nullable Expr type = words.take(":") ? expressions.type() : null;
      @Nullable Expr otherwise = words.take("=") ? expressions.expression() : null;
      parameters.add(new Parameter(parameter, type, otherwise));
      words.take(",");
    }
    if (words.take("->")) {
      expressions.type();
    }
    return new ScriptFunction(name, parameters, block());
  }

  private List<Statement> block() {
    words.expect(":");
    List<Statement> statements = new ArrayList<>();
    if (!words.at(Token.TokenKind.NEWLINE)) {
      statement(statements);
      return statements;
    }
    words.newline();
    if (words.at(Token.TokenKind.INDENT)) {
      words.next();
      while (!words.at(Token.TokenKind.DEDENT) && !words.at(Token.TokenKind.END)) {
        statement(statements);
      }
      words.endOfBlock();
    }
    return statements;
  }

  private void statement(List<Statement> into) {
    if (words.at(Token.TokenKind.NEWLINE)) {
      words.newline();
    } else if (words.take("pass")) {
      words.newline();
    } else if (words.take("def")) {
      into.add(new Statement.Define(function()));
    } else if (words.take("if")) {
      Expr condition = expressions.expression();
      List<Statement> then = block();
      List<Statement> otherwise = words.take("else") ? block() : List.of();
      into.add(new Statement.If(condition, then, otherwise));
    } else if (words.take("for")) {
      String variable = words.name();
      words.expect("in");
      Expr over = expressions.expression();
      into.add(new Statement.For(variable, over, block()));
    } else if (words.take("while")) {
      Expr condition = expressions.expression();
      into.add(new Statement.While(condition, block()));
    } else if (words.take("with")) {
      expressions.expression(); // torch.no_grad() and its kin change no shape
      into.addAll(block());
    } else if (words.take("return")) {
      into.add(new Statement.Return(words.at(Token.TokenKind.NEWLINE) ? null : expressions.list()));
      words.newline();
    } else {
      simple(into);
    }
  }

  private void simple(List<Statement> into) {
    Expr first = expressions.list();
    if (words.take(":")) {
      expressions.type();
    }
    if (words.take("=")) {
      Expr value = expressions.list();
      boolean unpack = first instanceof Expr.Tuple;
      List<Expr> targets = first instanceof Expr.Tuple tuple ? tuple.items() : List.of(first);
      into.add(new Statement.Assign(targets, unpack, value));
    } else {
      into.add(new Statement.Evaluate(first));
    }
    words.newline();
  }
}
