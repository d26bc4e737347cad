package io.stagemark.dataset.voc;

import io.stagemark.data.RegularFile;
import io.stagemark.dataset.FoundProblems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The annotation file of one image (Everingham et al., "The PASCAL Visual Object Classes Challenge
 * 2012 Development Kit", section 3): its objects with their lines. Document types and entities of
 * their own are refused, so that a file reads no other and grows no larger than it is.
 */
final class VocFile {
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_TEXT = 1000;
  private static final String ROOT = "annotation";
  private static final String OBJECT = ROOT + "/object";
  private static final String BOX = OBJECT + "/bndbox";
  private static final String SIZE = ROOT + "/size";
  private static final String EXPECTED =
      "a Pascal VOC file: annotation with objects of name and bndbox";
  private static final String EXAMPLE =
      "<object><name>dog</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax>"
          + "</bndbox></object>";
  private static final List<String> EDGES = List.of("xmin", "ymin", "xmax", "ymax");

  private final Path file;
  private final FoundProblems problems;
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<VocObject> objects = new ArrayList<>();
  private int objectLine;
  private boolean annotation;

  private VocFile(Path file, FoundProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * What a file says.
   *
   * @param objects in its order
   * @param widthPx of the picture that was annotated, 0 where the file has none
   * @param heightPx of the picture that was annotated, 0 where the file has none
   */
  record Content(List<VocObject> objects, int widthPx, int heightPx) {
    Content {
      objects = List.copyOf(objects);
    }
  }

  /** Reads a file; what is wrong with it is reported, and empty returned. */
  static Optional<Content> read(Path file, FoundProblems problems) {
    VocFile read = new VocFile(file, problems);
    try {
      return read.content(RegularFile.bytes(file, MAX_BYTES));
    } catch (IOException e) {
      problems.add(file.toString(), "unreadable: " + e.getMessage(), EXPECTED, EXAMPLE);
      return Optional.empty();
    }
  }

  private Optional<Content> content(byte[] bytes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      try {
        while (xml.hasNext()) {
          if (!event(xml, xml.next())) {
            return Optional.empty();
          }
        }
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
      String message = String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("");
      refuse(line, "broken XML: " + shown(message.replaceFirst("^Message: ", "")));
      return Optional.empty();
    }
    if (!annotation) {
      refuse(1, "no element <annotation> at its root");
      return Optional.empty();
    }
    return Optional.of(new Content(objects, size("width"), size("height")));
  }

  /** Takes an event; returns whether to go on. */
  private boolean event(XMLStreamReader xml, int event) {
    int line = xml.getLocation().getLineNumber();
    switch (event) {
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
        refuse(line, "a document type or an entity of its own");
        return false;
      }
      case XMLStreamConstants.START_ELEMENT -> {
        path.addLast(xml.getLocalName());
        if (path.size() > MAX_DEPTH) {
          refuse(line, "elements nested deeper than " + MAX_DEPTH);
          return false;
        }
        annotation |= path.size() == 1 && xml.getLocalName().equals(ROOT);
        if (here().equals(OBJECT)) {
          objectLine = line;
          values.keySet().removeIf(key -> key.startsWith(OBJECT));
        }
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
        String text = xml.getText().strip();
        if (!text.isEmpty()) {
          values.put(here(), text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text);
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        if (here().equals(OBJECT)) {
          object();
        }
        path.removeLast();
      }
      default -> {
        // comments and instructions say nothing of objects
      }
    }
    return true;
  }

  /** Returns where the reader is, such as {@code annotation/object/bndbox}. */
  private String here() {
    return String.join("/", path);
  }

  private void object() {
    String name = values.getOrDefault(OBJECT + "/name", "");
    double[] edges = new double[EDGES.size()];
    for (int i = 0; i < edges.length; i++) {
      String text = values.getOrDefault(BOX + "/" + EDGES.get(i), "");
      edges[i] = number(text);
      if (!Double.isFinite(edges[i])) {
        refuse(
            objectLine,
            "object '"
                + shown(name)
                + "': "
                + EDGES.get(i)
                + " "
                + (text.isEmpty() ? "is missing" : shown(text)));
        return;
      }
    }
    if (name.isEmpty() || edges[2] < edges[0] || edges[3] < edges[1]) {
      refuse(
          objectLine,
          name.isEmpty()
              ? "an object without a name"
              : "object '%s': its right or lower edge is before the other".formatted(shown(name)));
      return;
    }
    boolean difficult = values.getOrDefault(OBJECT + "/difficult", "0").equals("1");
    objects.add(
        new VocObject(
            file + ":" + objectLine, name, edges[0], edges[1], edges[2], edges[3], difficult));
  }

  private int size(String side) {
    double px = number(values.getOrDefault(SIZE + "/" + side, "0"));
    return px >= 1 && px <= Integer.MAX_VALUE ? (int) px : 0;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void refuse(int line, String found) {
    problems.add(file + ":" + Math.max(line, 1), found, EXPECTED, EXAMPLE);
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
