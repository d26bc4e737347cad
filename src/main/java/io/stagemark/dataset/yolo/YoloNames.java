package io.stagemark.dataset.yolo;

import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import io.stagemark.dataset.FoundProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a data set's {@code data.yaml} says of its labels (Ultralytics, "Dataset YAML format"): the
 * class names, and how many numbers a key point has. Paths in it are not read: the config names the
 * folder of images. No alias is expanded and no value made from a tag, so that a hostile file costs
 * no more than its size.
 *
 * @param names by class id
 * @param keyPointNumbers numbers of all key points of an object; empty for labels without
 * @param hasVisibility whether the third number of a key point says whether it is seen
 */
record YoloNames(List<String> names, OptionalInt keyPointNumbers, boolean hasVisibility) {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_CLASSES = 100_000;
  private static final int MAX_KEY_POINTS = 10_000;
  private static final String EXPECTED = "a data.yaml with the class names";
  private static final String EXAMPLE = "names: {0: person, 1: bicycle}";

  YoloNames {
    names = List.copyOf(names);
  }

  /** Reads a file; what is wrong with it is reported, and empty returned. */
  static Optional<YoloNames> read(Path file, FoundProblems problems) {
    Optional<Node> root = compose(file, problems);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    if (!(root.get() instanceof MappingNode keys)) {
      problems.add(file + ":1", "no keys", EXPECTED, EXAMPLE);
      return Optional.empty();
    }
    List<String> names = List.of();
    OptionalInt keyPoints = OptionalInt.empty();
    boolean visibility = false;
    boolean named = false;
    for (NodeTuple tuple : keys.getValue()) {
      Node value = tuple.getValueNode();
      if (text(tuple.getKeyNode()).equals("names")) {
        named = true;
        names = names(file, value, problems);
      } else if (text(tuple.getKeyNode()).equals("kpt_shape")) {
        keyPoints = keyPoints(file, value, problems);
        visibility =
            keyPoints.isPresent() && text(((SequenceNode) value).getValue().get(1)).equals("3");
      }
    }
    if (!named) {
      problems.add(file + ": names", "nothing: the key is missing", EXPECTED, EXAMPLE);
    }
    return problems.isEmpty()
        ? Optional.of(new YoloNames(names, keyPoints, visibility))
        : Optional.empty();
  }

  private static Optional<Node> compose(Path file, FoundProblems problems) {
    try {
      LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
      Optional<Node> root = new Compose(settings).composeString(TextFile.read(file, MAX_BYTES));
      if (root.isEmpty()) {
        problems.add(file.toString(), "an empty file", EXPECTED, EXAMPLE);
      }
      return root;
    } catch (TextFault e) {
      problems.add(e.where(file.toString()), e.found(), EXPECTED, e.tryThis());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(file + ":" + line, "broken YAML: " + e.getProblem(), EXPECTED, EXAMPLE);
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      problems.add(file.toString(), "broken YAML: " + message, EXPECTED, EXAMPLE);
    }
    return Optional.empty();
  }

  private static List<String> names(Path file, Node value, FoundProblems problems) {
    TreeMap<Integer, String> names = new TreeMap<>();
    if (value instanceof SequenceNode list) {
      list.getValue().forEach(each -> names.put(names.size(), text(each)));
    } else if (value instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        String id = text(tuple.getKeyNode());
        if (!id.matches("\\d{1,6}") || names.put(Integer.valueOf(id), name(tuple)) != null) {
          problems.add(
              where(file, tuple.getKeyNode()) + ": names",
              id.isEmpty() ? "no class id" : id,
              "each class id once, from 0",
              EXAMPLE);
        }
      }
    }
    boolean whole = !names.isEmpty() && names.lastKey() == names.size() - 1;
    if (!whole || names.size() > MAX_CLASSES || names.containsValue("")) {
      problems.add(
          where(file, value) + ": names",
          names.isEmpty()
              ? "no names"
              : "%d names for ids to %d".formatted(names.size(), names.lastKey()),
          "a name for each class id from 0 to the last, at most " + MAX_CLASSES,
          EXAMPLE);
      return List.of();
    }
    return List.copyOf(names.values());
  }

  private static String name(NodeTuple tuple) {
    return text(tuple.getValueNode());
  }

  private static OptionalInt keyPoints(Path file, Node value, FoundProblems problems) {
    if (value instanceof SequenceNode list && list.getValue().size() == 2) {
      String count = text(list.getValue().get(0));
      String numbers = text(list.getValue().get(1));
      if (count.matches("\\d{1,5}")
          && numbers.matches("[23]")
          && Integer.parseInt(count) <= MAX_KEY_POINTS) {
        return OptionalInt.of(Integer.parseInt(count) * Integer.parseInt(numbers));
      }
    }
    problems.add(
        where(file, value) + ": kpt_shape",
        "no number of key points and of numbers for each",
        "two whole numbers, the second 2 or 3",
        "kpt_shape: [17, 3]");
    return OptionalInt.empty();
  }

  private static String where(Path file, Node node) {
    return file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
  }
}
