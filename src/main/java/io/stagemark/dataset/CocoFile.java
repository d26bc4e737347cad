package io.stagemark.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The three lists of a COCO annotation file (Lin et al., 2014, <a
 * href="https://arxiv.org/abs/1405.0312">arXiv:1405.0312</a>; cocodataset.org, "Data format"), each
 * element with its line. Other keys are read over.
 */
final class CocoFile {
  static final List<String> SECTIONS = List.of("images", "categories", "annotations");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An element of one of the lists.
   *
   * @param where such as {@code instances.json:12: annotations[3]}
   * @param node its content
   */
  record Element(String where, JsonNode node) {}

  private CocoFile() {}

  /** Returns the lists by name, in the file's order; what is wrong with the file is told. */
  static Map<String, List<Element>> read(Path file, FoundProblems problems) {
    Map<String, List<Element>> sections = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = JSON.getFactory().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        refuse(problems, file.toString(), "no JSON object");
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        String where = file + ":" + parser.currentTokenLocation().getLineNr() + ": " + name;
        parser.nextToken();
        if (!SECTIONS.contains(name)) {
          parser.skipChildren();
        } else if (parser.currentToken() != JsonToken.START_ARRAY) {
          refuse(problems, where, "no list");
          parser.skipChildren();
          sections.putIfAbsent(name, List.of());
        } else if (sections.containsKey(name)) {
          refuse(problems, where, "the list a second time");
          parser.skipChildren();
        } else {
          sections.put(name, elements(parser, file, name));
        }
      }
      if (parser.nextToken() != null) {
        refuse(problems, file.toString(), "something after the JSON object");
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String found = "broken JSON: " + firstLine(e.getOriginalMessage());
      refuse(problems, file + ":" + line, found);
      return Map.of();
    } catch (NoSuchFileException e) {
      refuse(problems, file.toString(), "no such file");
      return Map.of();
    } catch (IOException e) {
      refuse(problems, file.toString(), "unreadable: " + e.getMessage());
      return Map.of();
    }
    for (String name : SECTIONS) {
      if (!sections.containsKey(name)) {
        refuse(problems, file + ": " + name, "nothing: the list is missing");
      }
    }
    return sections;
  }

  private static List<Element> elements(JsonParser parser, Path file, String name)
      throws IOException {
    List<Element> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String where =
          "%s:%s: %s[%s]"
              .formatted(file, parser.currentTokenLocation().getLineNr(), name, elements.size());
      elements.add(new Element(where, JSON.readTree(parser)));
    }
    return elements;
  }

  private static void refuse(FoundProblems problems, String where, String found) {
    problems.add(
        where,
        found,
        "COCO JSON: one object with the lists images, annotations, categories",
        "python3 -m json.tool FILE shows where JSON breaks");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
