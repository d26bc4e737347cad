package io.stagemark.serve;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The query of a request, as a form sends it: names with values, in their order. */
final class Query {
  /** A name and its value. */
  private record Field(String name, String value) {}

  private final List<Field> fields;

  private Query(List<Field> fields) {
    this.fields = fields;
  }

  /** Reads a query; empty where its percent codes are no text. */
  static Optional<Query> of(@Nullable String raw) {
    List<Field> fields = new ArrayList<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      Optional<String> name = text(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = text(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new Field(name.get(), value.get()));
    }
    return Optional.of(new Query(fields));
  }

  private static Optional<String> text(String part) {
    return ServedPath.decoded(part.replace('+', ' '));
  }

  List<String> all(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).map(Field::value).toList();
  }

  /** Returns the first value of a name, without blanks around it; empty if there is none. */
  String first(String name) {
    return all(name).stream().findFirst().orElse("").strip();
  }

  /** Returns a path as it is written in an address, its slashes kept. */
  static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
