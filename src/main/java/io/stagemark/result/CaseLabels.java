package io.stagemark.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Short names of cases: a heading has what all cases share, each label what differs.
 *
 * @param shared what all cases have in common, such as {@code centernet-mbv3-coco cpu t2 b1}
 * @param labels one a case, in the order of the cases, such as {@code onnxruntime}
 */
public record CaseLabels(String shared, List<String> labels) {
  private static final List<Function<CaseResult.Key, String>> PARTS =
      List.of(
          CaseResult.Key::model,
          CaseResult.Key::engine,
          CaseResult.Key::device,
          key -> "t" + key.threads(),
          key -> "b" + key.batch());

  /** A single case keeps its model and engine as its label. */
  public static CaseLabels of(List<CaseResult> cases) {
    List<CaseResult.Key> keys = cases.stream().map(CaseResult::key).toList();
    List<Function<CaseResult.Key, String>> shared = new ArrayList<>();
    List<Function<CaseResult.Key, String>> differing = new ArrayList<>();
    for (Function<CaseResult.Key, String> part : PARTS) {
      boolean same = keys.stream().map(part).distinct().count() == 1;
      boolean engine = part == PARTS.get(1);
      (same && !engine ? shared : differing).add(part);
    }
    return new CaseLabels(
        keys.isEmpty() ? "" : text(shared, keys.get(0)),
        keys.stream().map(key -> text(differing, key)).toList());
  }

  private static String text(List<Function<CaseResult.Key, String>> parts, CaseResult.Key key) {
    return parts.stream().map(part -> part.apply(key)).collect(Collectors.joining(" "));
  }
}
