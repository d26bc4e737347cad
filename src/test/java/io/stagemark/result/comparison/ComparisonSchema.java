package io.stagemark.result.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** The schema that ships with the program, held against a {@code comparison.json}. */
public final class ComparisonSchema {
  private ComparisonSchema() {}

  /** Returns what the schema finds wrong with a file. */
  public static List<String> problems(Path file) throws IOException {
    JsonNode tree = new ObjectMapper().readTree(file.toFile());
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(tree())
        .validate(tree)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** Returns the schema itself. */
  static JsonNode tree() throws IOException {
    try (InputStream schema = Comparison.class.getResourceAsStream("comparison-schema-1.json")) {
      return new ObjectMapper().readTree(schema);
    }
  }
}
