package io.stagemark.flops.torchscript.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits TorchScript's Python into words; lines inside brackets are one line. */
final class Lexer {
  private static final int MAX_TOKENS = 4_000_000;

  private final String text;
  private final String file;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private int position;
  private int line = 1;
  private int brackets;

  private Lexer(String text, String file) {
    this.text = text;
    this.file = file;
  }

  /** Returns the words of a file, {@link Token.TokenKind#END} last. */
  static List<Token> split(String text, String file) {
    Lexer lexer = new Lexer(text, file);
    lexer.indentation();
    while (lexer.position < text.length()) {
      lexer.next();
    }
    lexer.add(Token.TokenKind.NEWLINE, "");
    while (lexer.indents.size() > 1) {
      lexer.indents.pop();
      lexer.add(Token.TokenKind.DEDENT, "");
    }
    lexer.add(Token.TokenKind.END, "");
    return lexer.tokens;
  }

  private void add(Token.TokenKind kind, String word) {
    if (tokens.size() >= MAX_TOKENS) {
      throw new ScriptFault(file + ":" + line, "more than %d words".formatted(MAX_TOKENS));
    }
    tokens.add(new Token(kind, word, line));
  }

  private void next() {
    char c = text.charAt(position);
    if (c == '\n') {
      position++;
      if (brackets == 0) {
        add(Token.TokenKind.NEWLINE, "");
        line++;
        indentation();
      } else {
        line++;
      }
    } else if (c == ' ' || c == '\r' || c == '\t') {
      position++;
    } else if (c == '#') {
      skipTo('\n');
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (Character.isDigit(c) || (c == '.' && digitAt(position + 1))) {
      number();
    } else if (Character.isLetter(c) || c == '_') {
      name();
    } else {
      symbol(c);
    }
  }

  private boolean digitAt(int index) {
    return index < text.length() && Character.isDigit(text.charAt(index));
  }

  private void skipTo(char end) {
    while (position < text.length() && text.charAt(position) != end) {
      position++;
    }
  }

  private void indentation() {
    int width = 0;
    while (position + width < text.length() && text.charAt(position + width) == ' ') {
      width++;
    }
    int first = position + width;
    if (first >= text.length() || text.charAt(first) == '\n' || text.charAt(first) == '#') {
      return; // an empty line has no indentation
    }
    position = first;
    if (width > top()) {
      indents.push(width);
      add(Token.TokenKind.INDENT, "");
    }
    while (width < top()) {
      indents.pop();
      add(Token.TokenKind.DEDENT, "");
    }
  }

  private int top() {
    Integer top = indents.peek();
    return top == null ? 0 : top;
  }

  private void string(char quote) {
    StringBuilder content = new StringBuilder();
    position++;
    while (position < text.length() && text.charAt(position) != quote) {
      char c = text.charAt(position++);
      if (c == '\\' && position < text.length()) {
        char escaped = text.charAt(position++);
        content.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
      } else {
        content.append(c);
      }
    }
    if (position >= text.length()) {
      throw new ScriptFault(file + ":" + line, "a string without an end");
    }
    position++;
    add(Token.TokenKind.STRING, content.toString());
  }

  private void number() {
    int start = position;
    while (position < text.length()) {
      char c = text.charAt(position);
      boolean sign =
          (c == '+' || c == '-') && (text.charAt(position - 1) == 'e') && position > start;
      if (!Character.isLetterOrDigit(c) && c != '.' && !sign) {
        break;
      }
      position++;
    }
    add(Token.TokenKind.NUMBER, text.substring(start, position));
  }

  private void name() {
    int start = position;
    while (position < text.length()
        && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
      position++;
    }
    add(Token.TokenKind.NAME, text.substring(start, position));
  }

  private void symbol(char c) {
    if (c == '-' && position + 1 < text.length() && text.charAt(position + 1) == '>') {
      position += 2;
      add(Token.TokenKind.SYMBOL, "->");
      return;
    }
    if ("([{".indexOf(c) >= 0) {
      brackets++;
    } else if (")]}".indexOf(c) >= 0) {
      brackets--;
    }
    position++;
    add(Token.TokenKind.SYMBOL, String.valueOf(c));
  }
}
