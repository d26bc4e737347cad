package io.stagemark.config;

import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML file as a graph of nodes that know their lines. No value is made from a tag and no alias
 * is expanded, so a hostile file costs no more than its size.
 */
public final class YamlFile {
  private static final int MAX_BYTES = 4 << 20;
  private static final int DEEPEST = 50;
  private static final String YAML = "YAML 1.2 (UTF-8, indented with spaces)";

  private final Problems problems;
  private final String source;
  private final String expected;
  private final String example;

  private YamlFile(Problems problems, String source, String expected, String example) {
    this.problems = problems;
    this.source = source;
    this.expected = expected;
    this.example = example;
    problems.rank(source);
  }

  /**
   * A file.
   *
   * @param source its name as messages show it
   * @param example a line that such a file may begin with
   */
  public static YamlFile of(Problems problems, String source, String example) {
    return new YamlFile(problems, source, YAML, example);
  }

  /**
   * The value of an override.
   *
   * @param key that it goes to
   */
  static YamlFile override(Problems problems, String key) {
    return new YamlFile(
        problems,
        Place.overrideSource(key),
        "a value in YAML",
        "--set '" + key + "=...', in quotes for the shell");
  }

  /** Returns the keys of a file; empty if it cannot be read as such, which is then reported. */
  public Optional<MappingNode> read(Path file, String what, String tryThis) {
    Optional<Node> root = text(file, what, tryThis).flatMap(this::compose);
    if (root.isPresent() && !(root.get() instanceof MappingNode)) {
      problems.add(Place.of(root.get(), ""), YamlText.of(root.get()), "a section of keys", example);
    }
    return root.filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
  }

  private Optional<String> text(Path file, String what, String tryThis) {
    try {
      return Optional.of(TextFile.read(file, MAX_BYTES));
    } catch (TextFault e) {
      boolean noText = e.line() > 0;
      problems.add(
          new Place(source, e.line(), ""),
          e.found(),
          noText ? expected : what,
          noText ? e.tryThis() : tryThis);
      return Optional.empty();
    }
  }

  /** Returns the root of a text; empty if there is none, which is then reported. */
  Optional<Node> compose(String text) {
    LoadSettings settings = settings(source);
    try {
      if (!shallow(text, settings)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(new Place(source, 0, ""), "nothing: it is empty", expected, example);
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      Place place =
          e.getProblemMark().map(mark -> Place.of(mark, "")).orElse(new Place(source, 0, ""));
      problems.add(
          place,
          said(e),
          expected,
          place.line() == 0 ? example : "mend the line, or the one above it");
    } catch (ReaderException e) {
      problems.add(
          new Place(source, lineOf(text, e.getPosition()), ""),
          "a control character, U+%04X".formatted(e.getCodePoint()),
          expected,
          "remove the character");
    } catch (YamlEngineException e) {
      problems.add(
          new Place(source, 0, ""),
          YamlText.message(String.valueOf(e.getMessage())),
          expected,
          "mend the file");
    }
    return Optional.empty();
  }

  private static String said(MarkedYamlEngineException e) {
    String context = e.getContext();
    if (context == null || context.isBlank()) {
      return YamlText.message(e.getProblem());
    }
    String from = e.getContextMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    return YamlText.message(context + from + ": " + e.getProblem());
  }

  /** The composer recurses: a file of ten thousand brackets must not reach it. */
  private boolean shallow(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        problems.add(
            Place.of(event.getStartMark().orElseThrow(), ""),
            "lists or sections more than 50 deep",
            expected,
            "remove brackets or indentation");
        return false;
      }
    }
    return true;
  }

  /** Returns the node of a key's example, which is YAML of our own. */
  public static Node example(String yaml) {
    return new Compose(settings("example")).composeString(yaml).orElseThrow();
  }

  private static LoadSettings settings(String source) {
    return LoadSettings.builder()
        .setLabel(source)
        .setSchema(new CoreSchema())
        .setCodePointLimit(MAX_BYTES)
        .build();
  }

  private static int lineOf(String text, int position) {
    int end = Math.min(position, text.length());
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
