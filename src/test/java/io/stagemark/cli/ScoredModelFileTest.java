package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.inspect.SignatureModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model file that is scored without a card: a detector of queries as a hub exports it, whose
 * classes and preprocessing are stated by the files next to it.
 */
final class ScoredModelFileTest {
  private static final Path PHOTOGRAPHS = Path.of("configs/data/quickstart");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.write(
            folder.resolve("queries.onnx"),
            new SignatureModel()
                .input("pixel_values", "1", "3", "64", "64")
                .output("logits", 1, 20, 80)
                .output("pred_boxes", 1, 20, 4)
                .bytes());
    names("cat", "cat");
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": {"height": 64, "width": 64}, "resample": 2,
         "do_normalize": false, "rescale_factor": 0.00392156862745098}
        """);
  }

  private static JsonNode truth() throws IOException {
    return JSON.readTree(PHOTOGRAPHS.resolve("instances.json").toFile());
  }

  /** Writes the classes of the shipped truth, with another name for one of them. */
  private void names(String one, String other) throws IOException {
    List<String> entries = new ArrayList<>();
    for (JsonNode category : truth().get("categories")) {
      String name = category.get("name").asText();
      entries.add("\"%d\": \"%s\"".formatted(entries.size(), name.equals(one) ? other : name));
    }
    Files.writeString(
        folder.resolve("config.json"),
        "{\"architectures\": [\"RTDetrForObjectDetection\"], \"id2label\": {%s}}"
            .formatted(String.join(", ", entries)));
  }

  @Test
  void trueClasses_areTheClassesOfTheTruthThatShips() throws IOException {
    Map<Integer, String> byId = new TreeMap<>();
    for (JsonNode category : truth().get("categories")) {
      byId.put(category.get("id").asInt(), category.get("name").asText());
    }
    Set<String> annotated = new TreeSet<>();
    for (JsonNode object : truth().get("annotations")) {
      annotated.add(byId.get(object.get("category_id").asInt()));
    }
    assertThat(ModelOptions.TRUE_CLASSES).containsExactlyElementsOf(annotated);
  }

  @Test
  void run_everyFactStated_isScored() throws Exception {
    CommandRun run = CommandRun.ofModel(file, folder.resolve("out"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("  scores  coco-ap, of the true boxes of the photographs\n");
    JsonNode one = JSON.readTree(folder.resolve("out/result.json").toFile()).at("/cases/0");
    assertThat(one.at("/scores/0/name").asText()).isEqualTo("coco-ap");
    assertThat(one.at("/scores/0/count").asInt()).isEqualTo(4);
  }

  @Test
  void init_everyFactStated_writesTheScore() throws Exception {
    CommandRun init = CommandRun.of("init", file.toString(), "--into", folder.toString());
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(folder.resolve("configs/queries.yaml"))
        .content()
        .contains("format: coco", "annotations: ", "score: [coco-ap]")
        .doesNotContain("not scored");
  }

  @Test
  void init_otherNamesOfClasses_isNotScored() throws Exception {
    names("cat", "feline");
    CommandRun init = CommandRun.of("init", file.toString(), "--into", folder.toString());
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(folder.resolve("configs/queries.yaml"))
        .content()
        .contains("format: images", "# timed, not scored", "score: []");
  }

  // toasters are among the truth's categories, and on none of the photographs
  @Test
  void init_otherNameOfAClassThatIsNotThere_isScored() throws Exception {
    names("toaster", "bread oven");
    CommandRun init = CommandRun.of("init", file.toString(), "--into", folder.toString());
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(init.out()).contains("valid   1 case on 4 examples");
    assertThat(folder.resolve("configs/queries.yaml")).content().contains("score: [coco-ap]");
  }
}
