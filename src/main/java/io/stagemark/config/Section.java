package io.stagemark.config;

import io.stagemark.data.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Some keys of a file, read one by one; problems are added to the {@link Problems}. */
public final class Section {
  /**
   * A value and its place.
   *
   * @param value in its key's range
   * @param place of the value, or of the section where the default holds
   */
  public record Entry<T>(T value, Place place) {}

  private static final int MAX_SUGGESTED = 100;

  private final Problems problems;
  private final String path;
  private final Place place;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> meant = new HashSet<>();

  /**
   * @param node the section
   * @param path of the section; empty for the whole file
   */
  public Section(Problems problems, MappingNode node, String path) {
    this.problems = problems;
    this.path = path;
    this.place = Place.of(node, path);
    for (NodeTuple tuple : node.getValue()) {
      String name = ValueRange.scalar(tuple.getKeyNode()).orElse(YamlText.of(tuple.getKeyNode()));
      NodeTuple earlier = tuples.putIfAbsent(name, tuple);
      if (earlier != null) {
        problems.add(
            Place.of(tuple.getKeyNode(), child(name)),
            "the key a second time",
            "once; it is already in line " + Place.of(earlier.getKeyNode(), "").line(),
            "remove one of the two lines");
      }
    }
  }

  /** Refuses every key that is not one of these. Call it before the keys are read. */
  public Section knowing(List<? extends Key<?>> keys) {
    List<String> names = keys.stream().map(Key::name).toList();
    int before = problems.count();
    tuples.forEach(
        (name, tuple) -> {
          if (!names.contains(name)) {
            // a file of nothing but unknown keys is not searched for what each was meant to be
            Optional<String> nearest =
                problems.count() - before > MAX_SUGGESTED
                    ? Optional.empty()
                    : NearestName.of(name, names).filter(each -> !tuples.containsKey(each));
            nearest.ifPresent(meant::add);
            String line =
                keys.stream()
                    .filter(key -> nearest.isPresent() && key.name().equals(nearest.get()))
                    .findFirst()
                    .map(key -> repaired(key, tuple.getValueNode()))
                    .orElse("remove this line");
            problems.add(
                Place.of(tuple.getKeyNode(), child(name)),
                "unknown key",
                "one of: " + String.join(", ", names),
                line);
          }
        });
    return this;
  }

  /** The user's own value under the right key, if it would do there. */
  private static String repaired(Key<?> key, Node value) {
    return ValueRange.scalar(value).isPresent() && key.range().parse().apply(value).isPresent()
        ? key.name() + ": " + YamlText.of(value)
        : key.line();
  }

  /** Returns the value; its default or example where it is missing or wrong. */
  public <T> T get(Key<T> key) {
    return find(key).orElseGet(() -> example(key));
  }

  /** Returns the value or its default; empty where it is missing, optional or wrong. */
  public <T> Optional<T> find(Key<T> key) {
    return entry(key).map(Entry::value);
  }

  /** Returns the value or its default with its place; empty as {@link #find} is. */
  public <T> Optional<Entry<T>> entry(Key<T> key) {
    NodeTuple tuple = tuples.get(key.name());
    if (tuple != null) {
      return checked(key, tuple.getValueNode(), child(key.name()));
    }
    refuseMissing(key);
    return key.need() == Key.Need.DEFAULTED
        ? Optional.of(new Entry<>(example(key), placeOf(key)))
        : Optional.empty();
  }

  /** Returns the values that are right; one value alone is a list of one. */
  public <T> List<Entry<T>> list(Key<T> key) {
    NodeTuple tuple = tuples.get(key.name());
    if (tuple != null) {
      return items(key, tuple.getValueNode());
    }
    refuseMissing(key);
    if (key.need() != Key.Need.DEFAULTED) {
      return List.of();
    }
    return values(YamlFile.example(key.example())).stream()
        .map(node -> new Entry<>(key.range().parse().apply(node).orElseThrow(), placeOf(key)))
        .toList();
  }

  private <T> List<Entry<T>> items(Key<T> key, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      return checked(key, node, child(key.name())).stream().toList();
    }
    List<Entry<T>> right = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      checked(key, sequence.getValue().get(i), child(key.name()) + "[" + i + "]")
          .ifPresent(right::add);
    }
    if (sequence.getValue().isEmpty() && key.amount() == Key.Amount.SOME) {
      problems.add(Place.of(node, child(key.name())), "an empty list", key.expected(), key.line());
    }
    return right;
  }

  private <T> Optional<Entry<T>> checked(Key<T> key, Node node, String where) {
    Optional<T> value = key.range().parse().apply(node);
    if (value.isEmpty()) {
      String tryThis =
          ValueRange.scalar(node)
              .flatMap(text -> NearestName.of(text, key.range().choices()))
              .map(near -> key.name() + ": " + (key.many() ? "[" + near + "]" : near))
              .orElse(key.line());
      problems.add(Place.of(node, where), YamlText.of(node), key.expectedOfOne(), tryThis);
    }
    return value.map(right -> new Entry<>(right, Place.of(node, where)));
  }

  private void refuseMissing(Key<?> key) {
    if (key.need() == Key.Need.REQUIRED && !meant.contains(key.name())) {
      problems.add(placeOf(key), "nothing: the key is missing", key.expected(), key.line());
    }
  }

  /** Returns a section under this one; empty where it is missing or no section. */
  public Optional<Section> child(Key<MappingNode> key) {
    return entry(key).map(entry -> new Section(problems, entry.value(), child(key.name())));
  }

  /** Returns the sections of a list. */
  public List<Section> children(Key<MappingNode> key) {
    return list(key).stream()
        .map(entry -> new Section(problems, entry.value(), entry.place().path()))
        .toList();
  }

  /** Returns the place of a key; the section's own place if it is left out. */
  public Place placeOf(Key<?> key) {
    NodeTuple tuple = tuples.get(key.name());
    return tuple == null
        ? new Place(place.source(), place.line(), child(key.name()))
        : Place.of(tuple.getKeyNode(), child(key.name()));
  }

  public boolean has(Key<?> key) {
    return tuples.containsKey(key.name());
  }

  /** Returns the keys as written, for a section whose keys are free names. */
  Map<String, NodeTuple> tuples() {
    return tuples;
  }

  public String child(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  Place place() {
    return place;
  }

  private static <T> T example(Key<T> key) {
    return key.range().parse().apply(YamlFile.example(key.example())).orElseThrow();
  }

  private static List<Node> values(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }
}
