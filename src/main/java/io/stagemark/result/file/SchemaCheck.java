package io.stagemark.result.file;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Holds a JSON tree against one of the schemas that ship with the program, before it becomes
 * records: each difference is named by its place, with what was found and what is expected.
 *
 * <p>It knows the keywords that these schemas use and refuses others ({@code SchemaCheckTest} holds
 * it against a full validator). Beyond the schema, every number must be finite: {@code 1e400} is
 * valid JSON.
 */
public final class SchemaCheck {
  private static final int MAX_PROBLEMS = 20;
  private static final int MAX_CHARACTERS = 80;
  private static final String TRY = "run the config again with this version";
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "title",
          "description",
          "$defs",
          "$ref",
          "type",
          "enum",
          "const",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "anyOf",
          "minimum",
          "maximum");

  private final JsonNode schema;
  private final String file;

  /**
   * @param schema the whole schema
   * @param file that the tree was read from, for the problems
   */
  public SchemaCheck(JsonNode schema, String file) {
    this.schema = schema;
    this.file = file;
  }

  /** Returns what is wrong, at most twenty of them; empty if the tree fits. */
  public List<Problem> problems(JsonNode tree) {
    List<Problem> found = new ArrayList<>();
    check(schema, tree, "", found);
    return found.subList(0, Math.min(MAX_PROBLEMS, found.size()));
  }

  private void check(JsonNode rule, JsonNode value, String path, List<Problem> found) {
    rule.fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KEYWORDS.contains(keyword)) {
                throw new IllegalStateException("a schema with the keyword " + keyword);
              }
            });
    if (found.size() >= MAX_PROBLEMS) {
      return;
    }
    if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
      found.add(problem(path, value, "a finite number"));
      return;
    }
    if (rule.has("$ref")) {
      check(schema.at(rule.get("$ref").asText().substring(1)), value, path, found);
    }
    if (rule.has("anyOf")) {
      anyOf(rule.get("anyOf"), value, path, found);
    }
    if (!fits(rule, value)) {
      found.add(problem(path, value, expected(rule)));
      return;
    }
    if (value.isObject() && rule.has("type")) {
      object(rule, value, path, found);
    }
    if (value.isArray() && rule.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(rule.get("items"), value.get(i), path + "[" + i + "]", found);
      }
    }
  }

  /** Reports the problems of the closest alternative: the one of the value's own type. */
  private void anyOf(JsonNode rules, JsonNode value, String path, List<Problem> found) {
    List<Problem> closest = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (JsonNode rule : rules) {
      List<Problem> problems = new ArrayList<>();
      check(rule, value, path, problems);
      if (problems.isEmpty()) {
        return;
      }
      expected.add(expected(rule));
      if (!problems.get(0).where().equals(where(path))) {
        closest.addAll(problems);
      }
    }
    found.addAll(
        closest.isEmpty()
            ? List.of(problem(path, value, String.join(" or ", new LinkedHashSet<>(expected))))
            : closest);
  }

  private void object(JsonNode rule, JsonNode value, String path, List<Problem> found) {
    for (JsonNode name : rule.path("required")) {
      if (!value.has(name.asText())) {
        JsonNode property = rule.path("properties").path(name.asText());
        String place = path.isEmpty() ? name.asText() : path + "." + name.asText();
        found.add(new Problem(where(place), "nothing", expected(property), TRY));
      }
    }
    JsonNode others = rule.path("additionalProperties");
    for (Map.Entry<String, JsonNode> one : value.properties()) {
      JsonNode property = rule.path("properties").path(one.getKey());
      String place = path.isEmpty() ? one.getKey() : path + "." + one.getKey();
      if (!property.isMissingNode()) {
        check(property, one.getValue(), place, found);
      } else if (others.isObject()) {
        check(others, one.getValue(), place, found);
      } else if (others.isBoolean() && !others.booleanValue()) {
        found.add(new Problem(where(place), "an unknown key", "one of: " + keys(rule), TRY));
      }
    }
  }

  private static String keys(JsonNode rule) {
    List<String> keys = new ArrayList<>();
    rule.path("properties").fieldNames().forEachRemaining(keys::add);
    return String.join(", ", keys);
  }

  /** Returns whether a value fits the rule itself, without what is inside it. */
  private static boolean fits(JsonNode rule, JsonNode value) {
    boolean type = !rule.has("type") || types(rule).anyMatch(each -> ofType(each, value));
    boolean constant = !rule.has("const") || equal(rule.get("const"), value);
    boolean listed = !rule.has("enum") || among(rule.get("enum"), value);
    boolean above =
        !(rule.has("minimum") && value.isNumber())
            || value.decimalValue().compareTo(rule.get("minimum").decimalValue()) >= 0;
    boolean below =
        !(rule.has("maximum") && value.isNumber())
            || value.decimalValue().compareTo(rule.get("maximum").decimalValue()) <= 0;
    return type && constant && listed && above && below;
  }

  /** One type or a list of them. */
  private static Stream<String> types(JsonNode rule) {
    JsonNode type = rule.get("type");
    return type.isArray()
        ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText)
        : Stream.of(type.asText());
  }

  private static boolean ofType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
      case "number" -> value.isNumber();
      default -> throw new IllegalStateException("a schema with the type " + type);
    };
  }

  private static boolean among(JsonNode values, JsonNode value) {
    return StreamSupport.stream(values.spliterator(), false).anyMatch(each -> equal(each, value));
  }

  /** Exactly: 1 is neither 1.0 nor "1". */
  private static boolean equal(JsonNode rule, JsonNode value) {
    return rule.isIntegralNumber()
        ? value.isIntegralNumber() && rule.bigIntegerValue().equals(value.bigIntegerValue())
        : rule.equals(value);
  }

  private String expected(JsonNode rule) {
    if (rule.has("$ref")) {
      return expected(schema.at(rule.get("$ref").asText().substring(1)));
    }
    if (rule.has("const")) {
      return rule.get("const").toString();
    }
    if (rule.has("enum")) {
      return StreamSupport.stream(rule.get("enum").spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(", ", "one of: ", ""));
    }
    if (rule.has("anyOf")) {
      return StreamSupport.stream(rule.get("anyOf").spliterator(), false)
          .map(this::expected)
          .collect(Collectors.joining(" or "));
    }
    String range = rule.has("minimum") ? ", at least " + rule.get("minimum") : "";
    range += rule.has("maximum") ? ", at most " + rule.get("maximum") : "";
    return rule.has("type")
        ? types(rule).map(SchemaCheck::typeInWords).collect(Collectors.joining(" or ")) + range
        : "any value";
  }

  private static String typeInWords(String type) {
    return switch (type) {
      case "object" -> "an object";
      case "array" -> "a list";
      case "string" -> "a text";
      case "boolean" -> "true or false";
      case "integer" -> "a whole number";
      case "number" -> "a finite number";
      default -> type;
    };
  }

  private Problem problem(String path, JsonNode value, String expected) {
    return new Problem(where(path), shown(value), expected, TRY);
  }

  private static String shown(JsonNode value) {
    String text =
        value.isObject()
            ? "an object"
            : value.isArray()
                ? String.format(ROOT, "a list of %d", value.size())
                : value.toString();
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
  }

  private String where(String path) {
    return path.isEmpty() ? file : file + ": " + path;
  }
}
