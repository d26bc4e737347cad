package io.stagemark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A COCO JSON file read field by field; what is wrong is gathered, up to a limit. */
final class CocoJson {
  private static final int MOST_PROBLEMS = 20;

  /** Python writes NaN and Infinity, which are refused by their place, not as broken JSON. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final Path file;
  private final JsonNode root;
  private final List<Problem> problems = new ArrayList<>();

  private CocoJson(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static CocoJson read(Path file, String expected) throws BadInputException {
    String found;
    try (InputStream in = Files.newInputStream(file)) {
      return new CocoJson(file, JSON.readTree(in));
    } catch (NoSuchFileException e) {
      found = "no such file";
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      found = "broken JSON in line " + line;
    } catch (IOException e) {
      found = "unreadable: " + e.getMessage();
    }
    throw new BadInputException(new Problem(file.toString(), found, expected, "check the path"));
  }

  JsonNode root() {
    return root;
  }

  void refuse(String where, String found, String expected, String tryThis) {
    problems.add(new Problem(file + ": " + where, found, expected, tryThis));
  }

  /** Throws if anything was refused. */
  void finish() throws BadInputException {
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  /** Returns whether so much was refused that reading on would tell nothing new. */
  boolean hopeless() {
    return problems.size() >= MOST_PROBLEMS;
  }

  /** Returns a whole number; refuses what is none. */
  long whole(JsonNode element, String where, String key) {
    JsonNode node = element.path(key);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      refuse(where + "." + key, shown(node), "a whole number", "\"%s\": 1".formatted(key));
    }
    return node.longValue();
  }

  /** Returns a category's id; refuses what is no whole number of 32 bits. */
  int category(JsonNode element, String where, String key) {
    long id = whole(element, where, key);
    if (id != (int) id) {
      refuse(where + "." + key, Long.toString(id), "a whole number of 32 bits", "\"id\": 1");
    }
    return (int) id;
  }

  /** Returns a finite number; refuses what is none. */
  double number(JsonNode element, String where, String key) {
    JsonNode node = element.path(key);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      refuse(where + "." + key, shown(node), "a finite number", "\"%s\": 0.5".formatted(key));
    }
    return node.doubleValue();
  }

  /** Returns x, y, width and height; refuses anything but four numbers with sizes from 0 up. */
  double[] box(JsonNode element, String where) {
    JsonNode node = element.path("bbox");
    double[] box = new double[4];
    boolean fits = node.isArray() && node.size() == 4;
    for (int i = 0; fits && i < 4; i++) {
      box[i] = node.get(i).doubleValue();
      fits = node.get(i).isNumber() && Double.isFinite(box[i]) && (i < 2 || box[i] >= 0);
    }
    if (!fits) {
      refuse(
          where + ".bbox",
          shown(node),
          "[x, y, width, height] in pixels, sizes from 0 up",
          "\"bbox\": [10, 20, 30.5, 40]");
    }
    return box;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
