package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainTextTest {
  @Test
  void line_controlCharacters_areVisible() {
    assertThat(PlainText.line("a\nb\r\tc\u001b[31m\u0000\u009b2J"))
        .isEqualTo("a\\nb\\r\\tc\\u001b[31m\\u0000\\u009b2J");
  }

  // Direction overrides, zero-width, line separators, byte-order mark, half of a pair, a tag.
  @Test
  void line_unseenCharacters_areVisible() {
    assertThat(PlainText.line("\u202e\u2066\u200b\u2028\ufeff\ud800"))
        .isEqualTo("\\u202e\\u2066\\u200b\\u2028\\ufeff\\ud800");
    assertThat(PlainText.line("\udb40\udc41")).isEqualTo("\\udb40\\udc41");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grün · 猫 → ö", "net/onnxruntime/cpu/t2/b1", "at::native::add", "#1"})
  void line_ordinaryText_isUnchanged(String text) {
    assertThat(PlainText.line(text)).isEqualTo(text);
    assertThat(PlainText.markdown(text)).isEqualTo(text);
    assertThat(PlainText.xml(text)).isEqualTo(text.replace(">", "&gt;"));
  }

  // A word that could begin a line is broken too: a paragraph is wrapped at spaces.
  @ParameterizedTest
  @CsvSource({
    "::error::x, '\\::error::x'",
    "' ::error::x', ' \\::error::x'",
    "said ::error::x, 'said \\::error::x'",
    "##[error]x, '#\\#[error]x'",
    "a ##vso[task.setvariable]x, 'a #\\#vso[task.setvariable]x'",
    "'##teamcity[x]', '#\\#teamcity[x]'",
    "--- folded, '\\--- folded'"
  })
  void line_commandOfACi_isBroken(String text, String expected) {
    assertThat(PlainText.line(text)).isEqualTo(expected);
  }

  @Test
  void lines_breaksStay_andEachLineIsSafe() {
    assertThat(PlainText.lines("a\r\n::error::b\u001b")).isEqualTo("a\n\\::error::b\\u001b");
  }

  @Test
  void console_anyText_hasNoCommandAtALinesBeginning() {
    assertThat(PlainText.console("a ::b\n\t::error::c\nd\r\ne\rf\u001b[2J"))
        .isEqualTo("a ::b\n\t\\::error::c\nd\ne\\rf\\u001b[2J");
  }

  @ParameterizedTest
  @CsvSource({
    "'a|b', a&#124;b",
    "'`x`', &#96;x&#96;",
    "<script>, &lt;script>",
    "'&lt;', '&amp;lt;'",
    "'**b** _c_ a_b', '\\*\\*b\\*\\* \\_c\\_ a_b'",
    "[x](javascript:1), '[x]\\(javascript:1)'",
    "![x][y], '![x]\\[y]'",
    "https://example.org, 'https:\\//example.org'",
    "# head, '\\# head'",
    "- item, '\\- item'",
    "-Xmx2g, -Xmx2g",
    "1. item, '1\\. item'",
    "17.0.1, 17.0.1",
    "'a\\|', 'a\\\\&#124;'",
    "'$x$ ~~y~~', '\\$x\\$ \\~\\~y\\~\\~'"
  })
  void markdown_markup_isText(String text, String expected) {
    assertThat(PlainText.markdown(text)).isEqualTo(expected);
  }

  // GitHub's runner takes every space of Unicode from a line's start before it looks for "::"
  @ParameterizedTest
  @ValueSource(strings = {"\u00a0", "\u3000", "\u2003", "\u1680", "\u202f", "\u205f"})
  void lineAndConsole_commandBehindAnySpace_isBroken(String space) {
    assertThat(PlainText.line(space + "::error::x")).isEqualTo(space + "\\::error::x");
    assertThat(PlainText.console(space + "::error::x")).isEqualTo(space + "\\::error::x");
  }

  @Test
  void markdownBlock_fenceInside_takesALongerOne() {
    assertThat(PlainText.markdownBlock("a\n````\nb")).isEqualTo("`````\na\n````\nb\n`````\n");
  }

  @Test
  void markdownTarget_anyPath_endsNoLink() {
    assertThat(PlainText.markdownTarget("a/b c)|<.md")).isEqualTo("a/b%20c%29%7C%3C.md");
    assertThat(PlainText.markdownTarget("javascript:x")).isEqualTo("javascript%3Ax");
  }

  @Test
  void xml_charactersWithoutAForm_areQuestionMarks() {
    assertThat(PlainText.xml("<&\">\u0000\u001b\ufffe\ud800]]>\n\u202e"))
        .isEqualTo("&lt;&amp;&quot;&gt;????]]&gt;&#10;&#8238;");
  }

  @Test
  void annotation_percentColonAndComma_areEncoded() {
    assertThat(PlainText.annotation("5 % a\nb: c")).isEqualTo("5 %25 a\\nb: c");
    assertThat(PlainText.annotationProperty("a,b::c")).isEqualTo("a%2Cb%3A%3Ac");
  }
}
