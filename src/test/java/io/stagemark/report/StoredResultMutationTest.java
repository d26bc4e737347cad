package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.result.file.SchemaCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A valid result with one absurd value: bad input that names the place, or a page all the same. */
final class StoredResultMutationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ABSURD =
      List.of(
          "null",
          "-1",
          "1.5",
          "1e400",
          "99999999999999999999",
          "\"\"",
          "\"NaN\"",
          "[]",
          "{}",
          "[null]",
          "true",
          "\"a\\u0000b\"");

  private static final int MAX_ITEMS = 10;

  @TempDir Path folder;

  private RunResult read(String text) throws Exception {
    Files.writeString(folder.resolve("result.json"), text);
    return ResultFiles.readRun(folder);
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> all) {
    node.properties()
        .forEach(
            e -> {
              all.add(at.appendProperty(e.getKey()));
              collect(e.getValue(), at.appendProperty(e.getKey()), all);
            });
    // the first items of a long list, such as the points of a curve, represent the others
    for (int i = 0; node.isArray() && i < Math.min(MAX_ITEMS, node.size()); i++) {
      all.add(at.appendIndex(i));
      collect(node.get(i), at.appendIndex(i), all);
    }
  }

  private static String with(JsonNode tree, JsonPointer at, String value) throws Exception {
    JsonNode copy = tree.deepCopy();
    JsonNode parent = copy.at(at.head());
    JsonPointer last = at.last();
    if (parent instanceof ObjectNode object) {
      object.putRawValue(last.getMatchingProperty(), new RawValue(value));
    } else if (parent instanceof ArrayNode array) {
      array.remove(last.getMatchingIndex());
      array.insertRawValue(last.getMatchingIndex(), new RawValue(value));
    }
    return JSON.writeValueAsString(copy);
  }

  @Test
  void readRun_anyNodeAbsurd_isBadInputOrRendered() throws Exception {
    JsonNode tree = JSON.readTree(ResultFiles.text(SampleCounts.run()));
    List<JsonPointer> places = new ArrayList<>();
    collect(tree, JsonPointer.empty(), places);
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      JsonPointer at = places.get(random.nextInt(places.size()));
      String value = ABSURD.get(random.nextInt(ABSURD.size()));
      try {
        RunResult run = read(with(tree, at, value));
        String text =
            new ConsoleReporter().render(run, OutputTree.of(folder)).console()
                + new VerboseReporter().render(run, OutputTree.of(folder)).console();
        new MarkdownReporter().render(run, OutputTree.of(folder));
        if (!tree.at(at).isTextual()) { // a run may be named NaN
          assertThat(text).as("%s = %s", at, value).doesNotContain("Infinity", "NaN");
        }
      } catch (BadInputException e) {
        refused++;
        assertThat(e).as("%s = %s", at, value).hasMessageContaining("result.json");
      } catch (RuntimeException e) {
        throw new AssertionError("%s = %s".formatted(at, value), e);
      }
    }
    assertThat(refused).isBetween(500, 1199);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/cases/0/stages/total/meanNanos; null; cases[0].stages.total.meanNanos",
        "/cases/0/stages/total/meanNanos; \"12\"; cases[0].stages.total.meanNanos",
        "/cases/0/stages/total/meanNanos; 1e400; cases[0].stages.total.meanNanos",
        "/cases/0/stages/total/quantiles; []; cases[0].stages.total",
        "/cases/0/trials/0/measured/batches; -1; cases[0].trials[0].measured.batches",
        "/cases/0/trials/0/measured/batches; 3000000000; cases[0].trials[0].measured.batches",
        "/cases/0/trials/0/measured/batches; 1.5; cases[0].trials[0].measured.batches",
        "/proof/validity/verdict; null; proof.validity.verdict",
        "/status; \"DONE\"; status",
        "/schemaVersion; 1.0; schemaVersion",
        "/schemaVersion; \"1\"; schemaVersion",
        "/schemaVersion; 11; schemaVersion"
      })
  void readRun_absurdValue_namesItsPlace(String at, String value, String place) throws Exception {
    JsonNode tree = JSON.readTree(ResultFiles.text(SampleCounts.run()));
    String text = with(tree, JsonPointer.compile(at), value);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("result.json: " + place);
  }

  @Test
  void readRun_rubbishBehindOrAKeyTwice_isRefused() throws Exception {
    String good = ResultFiles.text(SampleRun.complete());
    assertThat(read(good)).isEqualTo(SampleRun.complete());
    assertThatThrownBy(() -> read(good + " x")).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> read(good + "{}")).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> read(good.replaceFirst("\\{", "{\"name\": \"a\",")))
        .isInstanceOf(BadInputException.class);
  }

  /** Our reading of the schema and a full validator's agree on whether a document fits. */
  @Test
  void schemaCheck_mutations_agreesWithAValidator() throws Exception {
    JsonNode schema = JSON.readTree(RunResult.class.getResourceAsStream("result-schema-1.json"));
    JsonNode tree = JSON.readTree(ResultFiles.text(SampleCounts.run()));
    List<JsonPointer> places = new ArrayList<>();
    collect(tree, JsonPointer.empty(), places);
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 150; i++) {
      // numbers beyond a double's or a long's range are ours alone to refuse
      String value = List.of("null", "-1", "1.5", "\"\"", "[]", "{}").get(random.nextInt(6));
      JsonPointer at = places.get(random.nextInt(places.size()));
      Path file = folder.resolve("result.json");
      Files.writeString(file, with(tree, at, value));
      assertThat(new SchemaCheck(schema, "f").problems(JSON.readTree(file.toFile())).isEmpty())
          .as("%s = %s", at, value)
          .isEqualTo(ResultSchema.problems(file).isEmpty());
    }
  }
}
