package io.stagemark.flops.torchscript.script;

/**
 * A word of a script.
 *
 * @param kind what it is
 * @param text the word; a string's content, unescaped
 * @param line in its file, from 1
 */
record Token(TokenKind kind, String text, int line) {
  enum TokenKind {
    NAME,
    NUMBER,
    STRING,
    SYMBOL,
    NEWLINE,
    INDENT,
    DEDENT,
    END
  }

  boolean is(String symbol) {
    return (kind == TokenKind.SYMBOL || kind == TokenKind.NAME) && text.equals(symbol);
  }
}
