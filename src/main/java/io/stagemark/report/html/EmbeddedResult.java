package io.stagemark.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stagemark.report.page.HtmlPage;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result as the page carries it: whole, or without its finer parts where it is large.
 *
 * @param json without {@code <}
 * @param left what was left out; empty if it is whole
 */
record EmbeddedResult(String json, List<String> left) {
  /** Keys that are left out, the largest and least looked at first. */
  private static final List<Set<String>> FINER =
      List.of(
          Set.of("histogram"),
          Set.of("curves"),
          Set.of("courseBytes", "warmupCourseNanos"),
          Set.of("circumstances", "slowest", "untouched"),
          Set.of("config", "jars", "natives"),
          Set.of("trials"),
          Set.of("counts", "classes", "differences"));

  /**
   * Returns as much of the result as there is room for.
   *
   * @param mostBytes room in the page, in bytes
   */
  static EmbeddedResult of(RunResult result, int mostBytes) throws IOException {
    Map<String, Object> tree = ResultFiles.tree(result);
    List<String> left = new ArrayList<>();
    String json = HtmlPage.inScript(ResultFiles.compact(tree));
    for (Set<String> keys : FINER) {
      if (json.getBytes(UTF_8).length <= mostBytes) {
        break;
      }
      without(tree, keys);
      left.addAll(keys.stream().sorted().toList());
      json = HtmlPage.inScript(ResultFiles.compact(tree));
    }
    if (json.getBytes(UTF_8).length > mostBytes) {
      tree.keySet().retainAll(Set.of("schemaVersion", "name", "status", "startedAt"));
      json = HtmlPage.inScript(ResultFiles.compact(tree));
      left = List.of("everything but its name");
    }
    return new EmbeddedResult(json, left);
  }

  private static void without(Object tree, Set<String> keys) {
    if (tree instanceof Map<?, ?> map) {
      map.keySet().removeIf(key -> keys.contains(String.valueOf(key)));
      map.values().forEach(each -> without(each, keys));
    } else if (tree instanceof List<?> list) {
      list.forEach(each -> without(each, keys));
    }
  }
}
