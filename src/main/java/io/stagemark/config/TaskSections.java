package io.stagemark.config;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * Which of the sections {@code preprocess}, {@code decoder} and {@code carry} a card of a task
 * needs, and which exclude each other: what binding would refuse or ignore later is reported here
 * with its line. A task that is not listed checks its card itself.
 */
final class TaskSections {
  private static final Key<MappingNode> PREPROCESS = CardKeys.PREPROCESS;
  private static final Key<MappingNode> DECODER = CardKeys.DECODER;

  private static final Map<String, List<Key<MappingNode>>> NEEDED =
      Map.of(
          DecoderReader.DETECTION,
          List.of(PREPROCESS, DECODER),
          "segmentation",
          List.of(PREPROCESS, DECODER),
          "classification",
          List.of(DECODER));

  private TaskSections() {}

  /** Reports what is missing from a card, and what its task would not read. */
  static void check(Section card, String task, Problems problems) {
    for (Key<MappingNode> key : NEEDED.getOrDefault(task, List.of())) {
      if (!card.has(key)) {
        problems.add(
            card.placeOf(key),
            "nothing: the key is missing",
            "a section, which task " + task + " needs",
            example(key, task));
      }
    }
    if (NEEDED.containsKey(task) && card.has(PREPROCESS) && card.has(CardKeys.CARRY)) {
      problems.add(
          card.placeOf(CardKeys.CARRY),
          "a state to carry in a model of images, which are independent of each other",
          "carry for models that take tensors: without preprocess",
          "remove this section");
    }
  }

  private static String example(Key<MappingNode> key, String task) {
    if (key.equals(PREPROCESS)) {
      return PreprocessReader.EXAMPLE;
    }
    return task.equals(DecoderReader.DETECTION) ? key.line() : "decoder: {type: classification}";
  }
}
