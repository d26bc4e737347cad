package io.stagemark.flops.torchscript.script;

import java.util.List;

/** The tokens of a file and the reader's position. */
final class TokenReader {
  private final List<Token> tokens;
  private final String file;
  private int next;

  TokenReader(List<Token> tokens, String file) {
    this.tokens = tokens;
    this.file = file;
  }

  Token peek() {
    return tokens.get(next);
  }

  /** Returns the next word; behind the last one there is none, so that no loop waits for it. */
  Token next() {
    Token token = tokens.get(next);
    if (token.kind() == Token.TokenKind.END) {
      throw unexpected("another word");
    }
    next++;
    return token;
  }

  /** Passes over the end of an indented block; the file's end is one too. */
  void endOfBlock() {
    if (!at(Token.TokenKind.END)) {
      next++;
    }
  }

  boolean at(Token.TokenKind kind) {
    return peek().kind() == kind;
  }

  boolean at(String symbol) {
    return peek().is(symbol);
  }

  /** Passes over a word if it is the one given. */
  boolean take(String symbol) {
    if (peek().is(symbol)) {
      next++;
      return true;
    }
    return false;
  }

  void expect(String symbol) {
    if (!take(symbol)) {
      throw unexpected(symbol);
    }
  }

  String name() {
    if (!at(Token.TokenKind.NAME)) {
      throw unexpected("a name");
    }
    return next().text();
  }

  void newline() {
    if (at(Token.TokenKind.NEWLINE)) {
      next++;
    } else if (!at(Token.TokenKind.END)) {
      throw unexpected("the end of the line");
    }
  }

  void skipLine() {
    while (!at(Token.TokenKind.NEWLINE) && !at(Token.TokenKind.END)) {
      next++;
    }
    newline();
  }

  ScriptFault unexpected(String wanted) {
    return new ScriptFault(
        file + ":" + peek().line(), "'%s' where %s was expected".formatted(peek().text(), wanted));
  }
}
