package io.stagemark.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the reference cases of src/test/resources/vectors; non-finite numbers are strings there.
 * What a fuzz against other references found worth keeping (denormals, ties, zero weights, boxes
 * without area) lies in vectors/nasty under the same names and is read along.
 */
public final class VectorCases {
  private VectorCases() {}

  /** Returns a whole file, such as {@code nms_batched.json}. */
  public static JsonNode file(String file) {
    return read("/vectors/" + file).orElseThrow();
  }

  private static Optional<JsonNode> read(String resource) {
    try (InputStream stream = VectorCases.class.getResourceAsStream(resource)) {
      return stream == null ? Optional.empty() : Optional.of(new ObjectMapper().readTree(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the cases of a file whose {@code op} is one of those given; all if none is given. */
  public static List<JsonNode> of(String file, String... ops) {
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode node : list(file, "cases")) {
      if (ops.length == 0 || List.of(ops).contains(node.path("op").asText())) {
        cases.add(node);
      }
    }
    return cases;
  }

  /** Returns the cases of a file that must be refused. */
  public static List<JsonNode> errors(String file) {
    return list(file, "errors");
  }

  private static List<JsonNode> list(String file, String key) {
    List<JsonNode> nodes = new ArrayList<>();
    file(file).path(key).forEach(nodes::add);
    read("/vectors/nasty/" + file).ifPresent(nasty -> nasty.path(key).forEach(nodes::add));
    return nodes;
  }

  public static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  /** Returns a flat list of numbers; a single number is a list of one. */
  public static double[] doubles(JsonNode array) {
    if (!array.isArray()) {
      return new double[] {number(array)};
    }
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(array.get(i));
    }
    return values;
  }

  public static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) number(array.get(i));
    }
    return values;
  }

  public static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt();
    }
    return values;
  }

  /** Returns such as {@code bytes} of an image: numbers in [0, 255]. */
  public static byte[] bytes(JsonNode array) {
    byte[] values = new byte[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) array.get(i).asInt();
    }
    return values;
  }
}
