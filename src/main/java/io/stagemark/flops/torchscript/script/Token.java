package io.stagemark.flops.torchscript.script;

/**
 * A word of a script.
 *
 * @param kind what it is
 * @param text the word; a string's content, unescaped
 * @param line in its file, from 1
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
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
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
  }
}
