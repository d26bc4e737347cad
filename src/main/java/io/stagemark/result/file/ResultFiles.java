package io.stagemark.result.file;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Detection;
import io.stagemark.data.Problem;
import io.stagemark.output.NewFile;
import io.stagemark.output.OutputException;
import io.stagemark.output.OutputTree;
import io.stagemark.result.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads and writes the records as JSON. Numbers that JSON has no form for are the strings {@code
 * "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; an absent figure is {@code null}.
 */
public final class ResultFiles {
  /** The run's tree, in the run's folder. */
  public static final String RESULT = "result.json";

  /** What is absent is left out. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private interface Present {}

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          // Components alone: a record's other methods are derived from them.
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          // thousands of objects, most of which are boxes alone
          .addMixIn(Detection.class, Present.class)
          .addMixIn(Annotation.class, Present.class)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectMapper PRESENT =
      JSON.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT);

  private static final StoredJson<RunResult> RUN =
      stored(
          RunResult.class,
          new StoredJson.Messages(
              "a Stagemark result",
              "a result.json that a run wrote",
              "./stagemark run CONFIG",
              "run the config again with this version"));

  private static final StoredJson.Messages EXAMPLES_MESSAGES =
      new StoredJson.Messages(
          "a case's examples",
          "the examples that the run wrote",
          "run the config again",
          "run the config again with this version");

  private static final StoredJson<CaseExamples> EXAMPLES =
      stored(CaseExamples.class, EXAMPLES_MESSAGES);

  private ResultFiles() {}

  /**
   * Writes a record so that a reader finds the old file or the new one, never half of one.
   *
   * @throws IOException if the folder cannot be written to
   */
  public static void write(Path file, Object tree) throws IOException {
    replace(file, JSON.writeValueAsString(tree));
  }

  /**
   * Writes a record as {@link #write} does, but leaves out what is absent: a program that does not
   * know an optional key yet can read a record that does not use it.
   *
   * @throws IOException if the folder cannot be written to
   */
  public static void writePresent(Path file, Object tree) throws IOException {
    replace(file, PRESENT.writeValueAsString(tree));
  }

  private static void replace(Path file, String json) throws IOException {
    NewFile.replace(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a record into a folder that a user looks into, as {@link #write} does, but over nothing
   * that is the user's.
   *
   * @throws OutputException if the folder cannot be written to
   */
  public static void write(OutputTree folder, String name, Object tree) throws OutputException {
    try {
      folder.writeDurably(name, (text(tree) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a record that is no JSON: " + e.getMessage(), e);
    }
  }

  /** Returns the JSON text of a record. */
  public static String text(Object tree) throws JsonProcessingException {
    return JSON.writeValueAsString(tree);
  }

  /** Returns the JSON text of a record or a tree on one line, without spaces. */
  public static String compact(Object tree) throws JsonProcessingException {
    return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(tree);
  }

  /** Returns a record as a tree of maps, lists and scalars. */
  @SuppressWarnings("unchecked") // a record becomes a JSON object
  public static Map<String, Object> tree(Object tree) {
    return JSON.convertValue(tree, Map.class);
  }

  /**
   * Returns the record that a text of {@link #compact} was written from.
   *
   * @throws IOException if it is no JSON of such a record
   */
  public static <T> T parse(String text, Class<T> type) throws IOException {
    return JSON.readValue(text, type);
  }

  /**
   * Returns the record that a tree was made of.
   *
   * @throws IllegalArgumentException if it is no tree of such a record
   */
  public static <T> T record(Object tree, Class<T> type) {
    return JSON.convertValue(tree, type);
  }

  /** Returns whether two records or trees are the same JSON, whatever the order of keys. */
  public static boolean equal(Object a, Object b) throws IOException {
    return JSON.readTree(text(a)).equals(JSON.readTree(text(b)));
  }

  /**
   * Reads a record that {@link #write} wrote. A key that the record does not have is refused: an
   * older build must not pass over what it does not know.
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    String text = Files.readString(file);
    T read = JSON.readValue(text, type);
    Optional<String> unknown = unknown(JSON.readTree(text), JSON.valueToTree(read));
    if (unknown.isPresent()) {
      throw new IOException("unknown key \"" + unknown.get() + "\" in " + file);
    }
    return read;
  }

  /** Jackson drops the unknown keys of records whose groups are flat in JSON. */
  private static Optional<String> unknown(JsonNode read, JsonNode known) {
    Optional<String> here =
        read.properties().stream()
            .filter(each -> !known.has(each.getKey()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (here.isPresent()) {
      return here;
    }
    Stream<Optional<String>> inFields =
        read.properties().stream().map(each -> unknown(each.getValue(), known.path(each.getKey())));
    Stream<Optional<String>> inItems =
        IntStream.range(0, read.isArray() ? read.size() : 0)
            .mapToObj(i -> unknown(read.path(i), known.path(i)));
    return Stream.concat(inFields, inItems).flatMap(Optional::stream).findFirst();
  }

  /**
   * Reads a run.
   *
   * @param folder a report's folder, or its {@code result.json}
   * @throws BadInputException if there is none, it is no result, is cut short, is of a version that
   *     this program does not know, or has a value that no run writes
   */
  public static RunResult readRun(Path folder) throws BadInputException {
    return RUN.read(
        Files.isDirectory(folder) ? folder.resolve(RESULT) : folder,
        RunResult.SCHEMA_VERSION,
        "result-schema-1.json");
  }

  /**
   * Reads what a case made of its examples.
   *
   * @param file {@link CaseExamples#fileName} in the run's folder
   * @throws BadInputException if it is damaged, or has a value that no run writes
   */
  public static CaseExamples readExamples(Path file) throws BadInputException {
    CaseExamples read = EXAMPLES.read(file);
    Optional<String> problem = read.problem();
    if (problem.isPresent()) {
      throw new BadInputException(
          new Problem(
              file.toString(),
              problem.get(),
              EXAMPLES_MESSAGES.expected(),
              EXAMPLES_MESSAGES.tryThis()));
    }
    return read;
  }

  /**
   * Returns a reader of another stored document.
   *
   * @param messages that its messages use
   */
  public static <T extends Record> StoredJson<T> stored(
      Class<T> type, StoredJson.Messages messages) {
    return new StoredJson<>(JSON, type, messages);
  }
}
