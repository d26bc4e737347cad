package io.stagemark.dataset.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import io.stagemark.dataset.FoundProblems;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The three lists of a COCO annotation file (Lin et al., 2014, <a
 * href="https://arxiv.org/abs/1405.0312">arXiv:1405.0312</a>; cocodataset.org, "Data format"), each
 * element with its line. Other keys are read over.
 */
final class CocoFile {
  static final List<String> SECTIONS = List.of("images", "categories", "annotations");

  /** What an element may be asked for; an outline alone can be a hundred times as much. */
  private static final List<String> KEYS =
      List.of(
          "id",
          "file_name",
          "width",
          "height",
          "name",
          "image_id",
          "category_id",
          "bbox",
          "area",
          "iscrowd",
          "score");

  private static final String ANNOTATIONS =
      "COCO JSON: one object with the lists images, annotations, categories";
  private static final String RESULTS =
      "COCO results: a list of objects with image_id, category_id, bbox and score";
  private static final long MAX_BYTES = 4L << 30;
  private static final int MAX_MESSAGE = 200;

  /** Python writes NaN and Infinity, which are refused by their place, not as broken JSON. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /**
   * An element of one of the lists.
   *
   * @param where such as {@code instances.json:12: annotations[3]}
   * @param node its content
   */
  record Element(String where, JsonNode node) {}

  private CocoFile() {}

  /** One of the two forms of a file. */
  private interface Form<T> {
    T read(JsonParser parser) throws IOException;
  }

  /** Returns the lists by name, in the file's order; what is wrong with the file is reported. */
  static Map<String, List<Element>> read(Path file, FoundProblems problems) {
    return read(file, CocoContent.BOXES, problems);
  }

  /** As {@link #read(Path, FoundProblems)}, with what of objects is asked for. */
  static Map<String, List<Element>> read(Path file, CocoContent content, FoundProblems problems) {
    return whole(file, problems, ANNOTATIONS, parser -> sections(parser, file, content, problems))
        .orElse(Map.of());
  }

  /** Returns the detections of a results file; what is wrong with the file is reported. */
  static List<Element> readResults(Path file, CocoContent content, FoundProblems problems) {
    return whole(
            file,
            problems,
            RESULTS,
            parser -> {
              if (parser.nextToken() != JsonToken.START_ARRAY) {
                refuse(problems, file.toString(), "no list", RESULTS);
                return List.<Element>of();
              }
              return elements(parser, file, "", content);
            })
        .orElse(List.of());
  }

  private static <T> Optional<T> whole(
      Path file, FoundProblems problems, String expected, Form<T> form) {
    try (Reader in = TextFile.open(file, MAX_BYTES);
        JsonParser parser = JSON.getFactory().createParser(in)) {
      T content = form.read(parser);
      if (problems.isEmpty() && parser.nextToken() != null) {
        String kind = expected.equals(RESULTS) ? "list" : "object";
        refuse(problems, file.toString(), "something after the JSON " + kind, expected);
      }
      return Optional.of(content);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String found = "broken JSON: " + firstLine(String.valueOf(e.getOriginalMessage()));
      refuse(problems, file + ":" + line, found, expected);
    } catch (TextFault e) {
      problems.add(e.where(file.toString()), e.found(), expected, e.tryThis());
    } catch (IOException e) {
      refuse(problems, file.toString(), "unreadable: " + e.getMessage(), expected);
    }
    return Optional.empty();
  }

  private static Map<String, List<Element>> sections(
      JsonParser parser, Path file, CocoContent content, FoundProblems problems)
      throws IOException {
    Map<String, List<Element>> sections = new LinkedHashMap<>();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      refuse(problems, file.toString(), "no JSON object", ANNOTATIONS);
      return sections;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String where = file + ":" + parser.currentTokenLocation().getLineNr() + ": " + name;
      parser.nextToken();
      if (!SECTIONS.contains(name)) {
        parser.skipChildren();
      } else if (parser.currentToken() != JsonToken.START_ARRAY) {
        refuse(problems, where, "no list", ANNOTATIONS);
        parser.skipChildren();
        sections.putIfAbsent(name, List.of());
      } else if (sections.containsKey(name)) {
        refuse(problems, where, "the list a second time", ANNOTATIONS);
        parser.skipChildren();
      } else {
        sections.put(name, elements(parser, file, name, content));
      }
    }
    for (String name : SECTIONS) {
      if (!sections.containsKey(name)) {
        refuse(problems, file + ": " + name, "nothing: the list is missing", ANNOTATIONS);
      }
    }
    return sections;
  }

  private static List<Element> elements(
      JsonParser parser, Path file, String name, CocoContent content) throws IOException {
    List<String> keys = new ArrayList<>(KEYS);
    if (content.hasMasks()) {
      keys.add(CocoElement.SEGMENTATION);
    }
    if (content.hasKeyPoints()) {
      keys.add(CocoElement.KEY_POINTS);
    }
    List<Element> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String where =
          "%s:%s: %s[%s]"
              .formatted(file, parser.currentTokenLocation().getLineNr(), name, elements.size());
      JsonNode node = JSON.readTree(parser);
      elements.add(new Element(where, node instanceof ObjectNode it ? it.retain(keys) : node));
    }
    return elements;
  }

  private static void refuse(FoundProblems problems, String where, String found, String expected) {
    problems.add(where, found, expected, "python3 -m json.tool FILE shows where JSON breaks");
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
  }
}
