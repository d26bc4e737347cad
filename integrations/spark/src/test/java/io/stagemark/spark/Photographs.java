package io.stagemark.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A COCO data set of the quickstart's four photographs, again and again under other names. */
final class Photographs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Photographs() {}

  /**
   * Writes {@code configs/job.yaml} and {@code configs/data}.
   *
   * @param engines such as {@code onnxruntime}
   * @return the config
   */
  static Path write(Path home, int examples, String engines) throws IOException {
    Path source = JavaProcesses.checkout().resolve("configs/data/quickstart");
    JsonNode four = JSON.readTree(source.resolve("instances.json").toFile());
    Path data = Files.createDirectories(home.resolve("configs/data"));
    ObjectNode all = JSON.createObjectNode();
    all.set("categories", four.get("categories"));
    ArrayNode images = all.putArray("images");
    ArrayNode annotations = all.putArray("annotations");
    for (int i = 0; i < examples; i++) {
      ObjectNode image = four.get("images").get(i % 4).deepCopy();
      String name = String.format(Locale.ROOT, "%05d.jpg", i);
      Files.copy(source.resolve(image.get("file_name").asText()), data.resolve(name));
      int id = image.get("id").asInt();
      images.add(image.put("id", i + 1).put("file_name", name));
      for (JsonNode each : four.get("annotations")) {
        if (each.get("image_id").asInt() == id) {
          ObjectNode copy = each.deepCopy();
          annotations.add(copy.put("id", annotations.size() + 1).put("image_id", i + 1));
        }
      }
    }
    JSON.writeValue(data.resolve("instances.json").toFile(), all);
    Path config = home.resolve("configs/job.yaml");
    Files.writeString(
        config,
        """
        name: job
        dataset: {format: coco, images: data, annotations: data/instances.json}
        cases: {model: [centernet-mbv3-coco], engine: [%s]}
        measure: {trials: 1, warmupSeconds: 0, minSeconds: 0, minBatches: 20, causes: false}
        score: [coco-ap, focal, bce]
        reports: [console, json, markdown]
        """
            .formatted(engines));
    return config;
  }

  /** Returns what a result says besides where and when: scores, classes, curves, data set. */
  static String scores(Path result) throws IOException {
    JsonNode tree = JSON.readTree(result.resolve("result.json").toFile());
    StringBuilder text = new StringBuilder();
    text.append(tree.get("dataset").get("sha256")).append(tree.get("dataset").get("examples"));
    for (JsonNode each : tree.get("cases")) {
      for (String field : new String[] {"id", "scores", "classes", "curves"}) {
        text.append('\n').append(each.get(field));
      }
    }
    return text.toString();
  }
}
