package io.stagemark.flops.torchscript.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads expressions. */
final class Expressions {
  /** Nested deeper is no model: it would only end our own stack. */
  private static final int DEEPEST = 200;

  private final TokenReader words;
  private int depth;

  Expressions(TokenReader words) {
    this.words = words;
  }

  /** Reads {@code a} or {@code a, b} or {@code a, }: commas make a tuple. */
  Expr list() {
    Expr first = expression();
    if (!words.at(",")) {
      return first;
    }
    List<Expr> items = new ArrayList<>(List.of(first));
    while (words.take(",")) {
      if (words.at("=") || words.at(Token.TokenKind.NEWLINE)) {
        break;
      }
      items.add(expression());
    }
    return new Expr.Tuple(items);
  }

  /** Reads a type. */
  Expr type() {
    return expression();
  }

  Expr expression() {
    if (++depth > DEEPEST) {
      throw words.unexpected("an expression nested less deep");
    }
    Expr result = primary();
    while (true) {
      int line = words.peek().line();
      if (words.take(".")) {
        result = new Expr.Attribute(result, words.name(), line);
      } else if (words.at("(")) {
        result = call(result, line);
      } else if (words.take("[")) {
        result = new Expr.Subscript(result, index(), line);
      } else {
        depth--;
        return result;
      }
    }
  }

  private Expr index() {
    List<Expr> items = new ArrayList<>();
    while (!words.take("]")) {
      items.add(expression());
      words.take(",");
    }
    return items.size() == 1 ? items.get(0) : new Expr.Tuple(items);
  }

  private Expr call(Expr function, int line) {
    words.expect("(");
    List<Expr> arguments = new ArrayList<>();
    Map<String, Expr> keywords = new LinkedHashMap<>();
    while (!words.take(")")) {
      Expr argument = expression();
      if (words.take("=") && argument instanceof Expr.Name name) {
        keywords.put(name.name(), expression());
      } else {
        arguments.add(argument);
      }
      if (!words.take(",") && !words.at(")")) {
        throw words.unexpected(")");
      }
    }
    return new Expr.Call(function, arguments, keywords, line);
  }

  private Expr primary() {
    Token token = words.next();
    return switch (token.kind()) {
      case NUMBER -> new Expr.Literal(number(token.text()));
      case STRING -> new Expr.Literal(token.text());
      case NAME -> named(token);
      case SYMBOL -> symbol(token);
      default -> throw words.unexpected("an expression");
    };
  }

  private static Expr named(Token token) {
    return switch (token.text()) {
      case "True" -> new Expr.Literal(true);
      case "False" -> new Expr.Literal(false);
      case "None" -> new Expr.Literal(null);
      case "inf" -> new Expr.Literal(Double.POSITIVE_INFINITY);
      case "nan" -> new Expr.Literal(Double.NaN);
      default -> new Expr.Name(token.text(), token.line());
    };
  }

  private Expr symbol(Token token) {
    switch (token.text()) {
      case "-" -> {
        return negative(expression());
      }
      case "[" -> {
        return new Expr.ListLiteral(items("]"));
      }
      case "{" -> {
        return entries();
      }
      case "(" -> {
        return parenthesised();
      }
      default -> throw words.unexpected("an expression");
    }
  }

  private Expr negative(Expr of) {
    if (of instanceof Expr.Literal literal && literal.value() instanceof Long whole) {
      return new Expr.Literal(-whole);
    }
    if (of instanceof Expr.Literal literal && literal.value() instanceof Double real) {
      return new Expr.Literal(-real);
    }
    throw words.unexpected("a number after the minus");
  }

  private List<Expr> items(String end) {
    List<Expr> items = new ArrayList<>();
    while (!words.take(end)) {
      items.add(expression());
      if (!words.take(",") && !words.at(end)) {
        throw words.unexpected(end);
      }
    }
    return items;
  }

  private Expr entries() {
    List<Expr> keys = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    while (!words.take("}")) {
      keys.add(expression());
      words.expect(":");
      values.add(expression());
      words.take(",");
    }
    return new Expr.DictLiteral(keys, values);
  }

  private Expr parenthesised() {
    List<Expr> items = new ArrayList<>();
    boolean comma = false;
    while (!words.take(")")) {
      items.add(expression());
      comma |= words.take(",");
      if (!comma && !words.at(")")) {
        throw words.unexpected(")");
      }
    }
    return comma || items.isEmpty() ? new Expr.Tuple(items) : items.get(0);
  }

  private Object number(String text) {
    try {
      if (text.chars().allMatch(Character::isDigit)) {
        return Long.parseLong(text);
      }
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw words.unexpected("a number, not " + text);
    }
  }
}
