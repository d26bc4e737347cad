package io.stagemark.report;

import static java.util.Locale.ROOT;

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
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Reads and writes the records as JSON. Numbers that JSON has no form for are the strings {@code
 * "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; an absent figure is {@code null}.
 */
public final class ResultFiles {
  /** The run's tree, in the run's folder. */
  public static final String RESULT = "result.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          // Components alone: a record's other methods are derived from them.
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectMapper PRESENT =
      JSON.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT);

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
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path half = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(half, json + "\n");
    try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
      channel.force(true); // else a power cut could leave the name without the content
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns the JSON text of a record. */
  public static String text(Object tree) throws IOException {
    return JSON.writeValueAsString(tree);
  }

  /** Returns a record as a tree of maps, lists and scalars. */
  @SuppressWarnings("unchecked") // a record becomes a JSON object
  public static java.util.Map<String, Object> tree(Object tree) {
    return JSON.convertValue(tree, java.util.Map.class);
  }

  /** Returns whether two records or trees are the same JSON, whatever the order of keys. */
  public static boolean equal(Object a, Object b) throws IOException {
    return JSON.readTree(text(a)).equals(JSON.readTree(text(b)));
  }

  /** Reads a record that {@link #write} wrote. */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    return JSON.readValue(Files.readString(file), type);
  }

  private static String missing(JsonNode tree) {
    return tree.isMissingNode() ? "none: the file is empty" : "none: not a Stagemark result";
  }

  /**
   * Reads a run.
   *
   * @param folder a report's folder, or its {@code result.json}
   * @throws BadInputException if there is none, it is no result, is cut short, or is of a version
   *     that this program does not know
   */
  public static RunResult readRun(Path folder) throws BadInputException {
    Path file = Files.isDirectory(folder) ? folder.resolve(RESULT) : folder;
    try {
      JsonNode tree = JSON.readTree(Files.readString(file));
      JsonNode version = tree.path("schemaVersion");
      if (version.asInt(-1) != RunResult.SCHEMA_VERSION) {
        throw new BadInputException(
            new Problem(
                file + ": schemaVersion",
                version.isMissingNode() ? missing(tree) : version.asText(),
                String.format(
                    ROOT, "version %d, which this program writes", RunResult.SCHEMA_VERSION),
                "run the config again with this version"));
      }
      return JSON.treeToValue(tree, RunResult.class);
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          new Problem(
              file.toString(),
              "not the JSON of a result: " + e.getOriginalMessage(),
              "a result.json that a run wrote",
              "./stagemark run CONFIG"));
    } catch (IOException e) {
      throw new BadInputException(
          new Problem(
              file.toString(),
              "cannot be read: " + e.getMessage(),
              "the folder of a finished run",
              "./stagemark report reports/quickstart"));
    }
  }
}
