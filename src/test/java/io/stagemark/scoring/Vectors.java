package io.stagemark.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads the reference cases in src/test/resources/vectors. */
public final class Vectors {
  private Vectors() {}

  /** Returns the whole file. */
  public static JsonNode file(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("vectors/" + name + ".json", e);
    }
  }

  /** Returns the cases of a file whose {@code op} is one of {@code ops}; all without any. */
  public static List<JsonNode> cases(String name, String... ops) {
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode node : file(name).get("cases")) {
      if (ops.length == 0 || List.of(ops).contains(node.path("op").asText())) {
        cases.add(node);
      }
    }
    return cases;
  }

  /** Returns a number; the texts NaN, Infinity and -Infinity are numbers too. */
  public static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.doubleValue();
  }

  /** Returns a flat list of numbers; a single number is a list of one. */
  public static double[] numbers(JsonNode node) {
    if (!node.isArray()) {
      return new double[] {number(node)};
    }
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(node.get(i));
    }
    return values;
  }
}
