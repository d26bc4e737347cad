package io.stagemark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.stagemark.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** The schema that ships with the program, held against a {@code result.json}. */
public final class ResultSchema {
  private ResultSchema() {}

  /** Returns what the schema finds wrong with a file. */
  public static List<String> problems(Path file) throws IOException {
    JsonNode tree = new ObjectMapper().readTree(file.toFile());
    try (InputStream schema = RunResult.class.getResourceAsStream("result-schema-1.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(schema)
          .validate(tree)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }
}
