package io.stagemark.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Applies {@code key.key=value} to the nodes of a file: replaces a value or adds one. */
final class Overrides {
  /** No key of a config has so many parts. */
  private static final int DEEPEST = 50;

  private final Problems problems;

  Overrides(Problems problems) {
    this.problems = problems;
  }

  /** Returns the root with every override in it; reports one that cannot be read. */
  MappingNode apply(MappingNode root, List<String> overrides) {
    MappingNode changed = root;
    for (String override : overrides) {
      int equals = override.indexOf('=');
      String key = equals < 0 ? override : override.substring(0, equals);
      List<String> path = Arrays.asList(key.split("\\.", -1));
      if (equals < 1 || !path.stream().allMatch(part -> part.matches("[A-Za-z0-9_-]+"))) {
        problems.add(
            new Place(Place.overrideSource(YamlText.oneLine(override)), 0, ""),
            YamlText.oneLine(override),
            "key=value, the key as this program's messages write it",
            "--set measure.trials=5");
        continue;
      }
      if (path.size() > DEEPEST) {
        problems.add(
            new Place(Place.overrideSource(YamlText.oneLine(key)), 0, ""),
            "a key of %d parts".formatted(path.size()),
            "a key of at most %d parts".formatted(DEEPEST),
            "--set measure.trials=5");
        continue;
      }
      Optional<Node> value =
          YamlFile.override(problems, key).compose(override.substring(equals + 1));
      if (value.isPresent()) {
        changed = with(changed, path, value.get());
      }
    }
    return changed;
  }

  private static MappingNode with(MappingNode node, List<String> path, Node value) {
    List<NodeTuple> tuples = new ArrayList<>(node.getValue());
    int at = 0;
    while (at < tuples.size()
        && !ValueRange.scalar(tuples.get(at).getKeyNode()).equals(Optional.of(path.get(0)))) {
      at++;
    }
    Node inner = value;
    if (path.size() > 1) {
      Node here = at < tuples.size() ? tuples.get(at).getValueNode() : value;
      MappingNode section =
          here instanceof MappingNode mapping && at < tuples.size()
              ? mapping
              : section(List.of(), value);
      inner = with(section, path.subList(1, path.size()), value);
    }
    NodeTuple tuple = new NodeTuple(name(path.get(0), value), inner);
    if (at < tuples.size()) {
      boolean whole = path.size() == 1;
      tuples.set(at, whole ? tuple : new NodeTuple(tuples.get(at).getKeyNode(), inner));
    } else {
      tuples.add(tuple);
    }
    return new MappingNode(
        Tag.MAP, true, tuples, FlowStyle.BLOCK, node.getStartMark(), node.getEndMark());
  }

  private static MappingNode section(List<NodeTuple> tuples, Node origin) {
    return new MappingNode(
        Tag.MAP, true, tuples, FlowStyle.BLOCK, origin.getStartMark(), origin.getEndMark());
  }

  private static ScalarNode name(String text, Node origin) {
    return new ScalarNode(
        Tag.STR, true, text, ScalarStyle.PLAIN, origin.getStartMark(), origin.getEndMark());
  }
}
