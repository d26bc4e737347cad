package io.stagemark.inspect.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as Python 3.11's repr writes them, and texts that it never writes. */
final class PythonLiteralTest {

  @Test
  void parse_namesOfAnExport_areAMapInOrder() throws LiteralFault {
    assertThat(PythonLiteral.parse("{0: 'person', 1: \"dog's bed\"}"))
        .isEqualTo(Map.of(0L, "person", 1L, "dog's bed"));
  }

  @Test
  void parse_escapesOfRepr_areTheCharacters() throws LiteralFault {
    assertThat(PythonLiteral.parse("'a\\n\\t\\x41\\u00e9\\U0001f600\\\\\\''"))
        .isEqualTo("a\n\tAé😀\\'");
  }

  @Test
  void parse_tuplesSetsAndConstants_areListsAndValues() throws LiteralFault {
    assertThat(PythonLiteral.parse("(1, -2.5, True, None, [], ())"))
        .isEqualTo(java.util.Arrays.asList(1L, -2.5, true, null, List.of(), List.of()));
    assertThat(PythonLiteral.parse("{'a', 'b'}")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void parse_parenthesesWithoutAComma_areNoTuple() throws LiteralFault {
    assertThat(PythonLiteral.parse("(640)")).isEqualTo(640L);
    assertThat(PythonLiteral.parse("(640,)")).isEqualTo(List.of(640L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "__import__('os').system('x') | 0 | '__import__', which is no literal",
        "{0: open('f')} | 4 | 'open', which is no literal",
        "{0: 'a' 1: 'b'} | 8 | no comma between two entries",
        "{0: 'a', 1} | 10 | no colon behind a key",
        "[1, 2 | 5 | the text ends before its ']'",
        "'open | 0 | no closing quote",
        "1+1 | 0 | '1+1', which is no number",
        "640 640 | 4 | more behind the value",
        "'\\x4' | 3 | an escape without its 2 hexadecimal digits",
        "[1,,2] | 3 | ',', which is no literal",
      })
  void parse_ofNoLiteral_saysWhatAndWhere(String text, int position, String found) {
    LiteralFault fault = catchThrowableOfType(LiteralFault.class, () -> PythonLiteral.parse(text));
    assertThat(fault).hasMessage(found);
    assertThat(fault.position()).isEqualTo(position);
  }

  @Test
  void parse_nestingAtTheBoundAndBeyond_isReadAndRefused() throws LiteralFault {
    assertThat(PythonLiteral.parse("[".repeat(16) + "]".repeat(16))).isInstanceOf(List.class);
    LiteralFault fault =
        catchThrowableOfType(
            LiteralFault.class, () -> PythonLiteral.parse("[".repeat(17) + "]".repeat(17)));
    assertThat(fault).hasMessage("nested deeper than 16");
  }

  @Test
  void parse_textBeyondTheLimit_isRefused() {
    String text = "'" + "a".repeat(PythonLiteral.MAX_CHARACTERS) + "'";
    assertThat(catchThrowableOfType(LiteralFault.class, () -> PythonLiteral.parse(text)))
        .hasMessageEndingWith("too long");
  }
}
