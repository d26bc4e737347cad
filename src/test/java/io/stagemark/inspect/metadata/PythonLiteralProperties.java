package io.stagemark.inspect.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What repr writes comes back; everything else is a fault and nothing worse. */
final class PythonLiteralProperties {

  @Property
  void parse_ofRepr_givesTheValueBack(@ForAll("values") Object value) throws LiteralFault {
    assertThat(PythonLiteral.parse(repr(value))).isEqualTo(value);
  }

  @Property
  void parse_ofAnyText_isAValueOrAFault(@ForAll("texts") String text) {
    try {
      Object value = PythonLiteral.parse(text);
      assertThat(value == null || PythonLiteral.parse(repr(value)) != null).isTrue();
    } catch (LiteralFault e) {
      assertThat(e.position()).isBetween(0, text.length());
    }
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(Object.class::cast),
            Arbitraries.longs()
                .between(-999_999_999_999_999_999L, 999_999_999_999_999_999L)
                .map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast));
    Arbitrary<Object> nested = leaf;
    for (int depth = 0; depth < 3; depth++) {
      Arbitrary<Object> inner = nested;
      nested =
          Arbitraries.oneOf(
              inner,
              inner.list().ofMaxSize(4).map(Object.class::cast),
              Arbitraries.maps(Arbitraries.longs().between(0, 999_999_999_999_999_999L), inner)
                  .ofMinSize(1)
                  .ofMaxSize(4)
                  .map(Object.class::cast));
    }
    return nested;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("{}[]()'\"\\,:01.eE+-xuUTrueNonFals \n").ofMaxLength(24);
  }

  /** Python's repr of plain data. */
  private static String repr(Object value) {
    if (value instanceof String text) {
      StringBuilder quoted = new StringBuilder("'");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\' || c == '\'') {
          quoted.append('\\').append(c);
        } else if (c < ' ' || c > '~') {
          quoted.append(String.format("\\u%04x", (int) c));
        } else {
          quoted.append(c);
        }
      }
      return quoted.append('\'').toString();
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(PythonLiteralProperties::item)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map)
          .entrySet().stream()
              .map(entry -> item(entry.getKey()) + ": " + item(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Double number && number.isInfinite()) {
      return number > 0 ? "inf" : "-inf";
    }
    return value instanceof Double number && number.isNaN() ? "nan" : String.valueOf(value);
  }

  private static String item(Object value) {
    return value == null ? "None" : repr(value);
  }
}
