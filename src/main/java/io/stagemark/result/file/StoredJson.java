package io.stagemark.result.file;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads a document that a run, a comparison or a gate stored. Anybody may have written or changed
 * it, so nothing in it is trusted: it must be one JSON value with nothing behind it and no key
 * twice, of exactly this program's version, fit its schema, and be accepted by its records. Each
 * thing that is wrong is reported with its place in the document.
 *
 * @param <T> the document's record
 */
public final class StoredJson<T extends Record> {
  private static final int MAX_BYTES = 256 << 20;

  private final ObjectMapper json;
  private final Class<T> type;
  private final Messages messages;

  /**
   * What messages say.
   *
   * @param document such as {@code a Stagemark result}
   * @param expected such as {@code a result.json that a run wrote}
   * @param tryThis a command line
   * @param anew how to have the document written by this version
   */
  public record Messages(String document, String expected, String tryThis, String anew) {}

  /**
   * @param json how the document was written
   */
  StoredJson(ObjectMapper json, Class<T> type, Messages messages) {
    this.json = strict(json);
    this.type = type;
    this.messages = messages;
  }

  private static ObjectMapper strict(ObjectMapper json) {
    ObjectMapper strict =
        json.copy()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    strict.getFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    return strict;
  }

  /**
   * Reads a document that has a version and a schema.
   *
   * @param version that this program writes
   * @param schema the name of the schema's resource in the record's package
   * @throws BadInputException with what is wrong and where, if the file is missing or anything in
   *     it is not what this program writes
   */
  public T read(Path file, int version, String schema) throws BadInputException {
    JsonNode tree = tree(file);
    JsonNode found = tree.path("schemaVersion");
    if (!found.isIntegralNumber() || !found.bigIntegerValue().equals(valueOf(version))) {
      throw new BadInputException(
          new Problem(
              file + ": schemaVersion",
              found.isMissingNode()
                  ? missing(tree)
                  : found.isTextual() ? found.asText() + " (a text)" : found.toString(),
              String.format(ROOT, "version %d, which this program writes", version),
              tree.path("command").isTextual() ? tree.path("command").asText() : messages.anew()));
    }
    List<Problem> problems = new SchemaCheck(schema(schema), file.toString()).problems(tree);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return records(file, tree);
  }

  /**
   * Reads a document that has neither version nor schema.
   *
   * @throws BadInputException as {@link #read(Path, int, String)}
   */
  T read(Path file) throws BadInputException {
    return records(file, tree(file));
  }

  private static java.math.BigInteger valueOf(int version) {
    return java.math.BigInteger.valueOf(version);
  }

  private JsonNode tree(Path file) throws BadInputException {
    try {
      return json.readTree(RegularFile.bytes(file, MAX_BYTES));
    } catch (JsonProcessingException e) {
      throw bad(
          file.toString(),
          String.format(
              ROOT,
              "cannot be read: not the JSON of a result: %s%s",
              firstLine(e.getOriginalMessage()),
              e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"));
    } catch (NoSuchFileException e) {
      throw bad(file.toString(), "cannot be read: no such file");
    } catch (IOException e) {
      throw bad(file.toString(), "cannot be read: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private String missing(JsonNode tree) {
    return tree.isMissingNode()
        ? "none: the file is empty and cannot be read"
        : "none: not " + messages.document();
  }

  private JsonNode schema(String name) {
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name), name)) {
      return json.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own schema " + name, e);
    }
  }

  private T records(Path file, JsonNode tree) throws BadInputException {
    try {
      T records = json.treeToValue(tree, type);
      String absent = records == null ? "" : RecordNulls.find(records).orElse("");
      if (records == null || !absent.isEmpty()) {
        throw bad(file + (absent.isEmpty() ? "" : ": " + absent), "nothing, or null");
      }
      return records;
    } catch (JsonMappingException e) {
      String path = path(e);
      throw bad(file + (path.isEmpty() ? "" : ": " + path), why(e));
    } catch (JsonProcessingException e) {
      throw bad(file.toString(), firstLine(e.getOriginalMessage()));
    }
  }

  /** A record's own refusal says it in its messages; Jackson's names the value. */
  private static String why(JsonMappingException e) {
    Throwable cause = e.getCause();
    if (cause instanceof NullPointerException) {
      return "a key is missing in it, or null";
    }
    return firstLine(
        cause instanceof RuntimeException && cause.getMessage() != null
            ? cause.getMessage()
            : e.getOriginalMessage());
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference each : e.getPath()) {
      if (each.getFieldName() == null) {
        path.append('[').append(each.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(each.getFieldName());
      }
    }
    return path.toString();
  }

  private static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  private BadInputException bad(String where, String found) {
    return new BadInputException(
        new Problem(where, found, messages.expected(), messages.tryThis()));
  }
}
