package io.stagemark.compare;

import io.stagemark.result.comparison.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two resolved configs, key by key. Places of files are left out: a digest
 * says whether a file is another one. So are words for people, such as a licence.
 */
public final class ConfigChanges {
  private static final Set<String> LEFT_OUT =
      Set.of(
          "file",
          "path",
          "annotations",
          "truth",
          "title",
          "licence",
          "provenance",
          "output",
          "reports",
          "only");

  /** More changes below one key than this are counted, not listed. */
  private static final int MAX_LISTED = 6;

  private static final int MAX_CHARACTERS = 80;

  private ConfigChanges() {}

  /**
   * Returns the changes between two trees of maps, lists and scalars.
   *
   * @param name of the trees, such as {@code measure}
   */
  public static List<Change> between(
      String name, @Nullable Object baseline, @Nullable Object candidate) {
    if (baseline instanceof Map<?, ?> before && candidate instanceof Map<?, ?> after) {
      return ofMaps(name, before, after);
    }
    if (baseline instanceof List<?> before && candidate instanceof List<?> after) {
      return ofLists(name, before, after);
    }
    return Objects.equals(baseline, candidate)
        ? List.of()
        : List.of(new Change(name, text(baseline), text(candidate)));
  }

  private static List<Change> ofMaps(String name, Map<?, ?> before, Map<?, ?> after) {
    Set<Object> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (Object key : keys) {
      if (!LEFT_OUT.contains(String.valueOf(key))) {
        changes.addAll(
            between(name.isEmpty() ? key + "" : name + "." + key, before.get(key), after.get(key)));
      }
    }
    return changes;
  }

  private static List<Change> ofLists(String name, List<?> before, List<?> after) {
    boolean scalars =
        before.stream().noneMatch(ConfigChanges::isTree)
            && after.stream().noneMatch(ConfigChanges::isTree);
    if (scalars && before.size() != after.size()) {
      return List.of(new Change(name, entries(before), entries(after)));
    }
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      changes.addAll(
          between(
              name + "[" + i + "]",
              i < before.size() ? before.get(i) : null,
              i < after.size() ? after.get(i) : null));
    }
    return changes.size() <= MAX_LISTED
        ? changes
        : List.of(
            new Change(
                name, before.size() + " entries", changes.size() + " values in them differ"));
  }

  private static boolean isTree(@Nullable Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>;
  }

  private static String entries(List<?> list) {
    String text = text(list);
    return text.endsWith("…") ? list.size() + " entries" : text;
  }

  private static String text(@Nullable Object value) {
    String text = value == null ? "" : String.valueOf(value);
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS - 1) + "…";
  }
}
