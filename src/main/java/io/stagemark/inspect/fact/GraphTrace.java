package io.stagemark.inspect.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model followed once with inputs of given shapes.
 *
 * @param outputs in the model's order
 * @param operators how often each operator is in the model, bodies included, by name
 * @param firstSteps what is done to the first image before anything else, in order, such as {@code
 *     Cast}, {@code Div 255}; empty where the network begins at once
 * @param tableRows by input, the rows of the smallest table that its values choose from
 * @param notes what could not be followed
 */
public record GraphTrace(
    List<OutputSignature> outputs,
    Map<String, Integer> operators,
    List<String> firstSteps,
    Map<String, Long> tableRows,
    List<String> notes) {
  /** What a person wants to know of a graph: suppression, selection and image work inside it. */
  private static final List<String> NOTABLE =
      List.of(
          "NonMaxSuppression",
          "EfficientNMS_TRT",
          "BatchedNMS_TRT",
          "BatchedNMSDynamic_TRT",
          "TRT_NonMaxSuppression",
          "RoiAlign",
          "TopK",
          "Resize",
          "DecodeJpeg",
          "ImageDecoder",
          "torchvision.nms",
          "torchvision::nms");

  public GraphTrace {
    outputs = List.copyOf(outputs);
    operators = new TreeMap<>(operators);
    firstSteps = List.copyOf(firstSteps);
    tableRows = Map.copyOf(tableRows);
    notes = List.copyOf(notes);
  }

  /** Returns whether the graph has an operator, whatever its domain. */
  public boolean has(String operator) {
    return operators.containsKey(operator);
  }

  /** Returns whether boxes are suppressed inside the graph. */
  public boolean hasNms() {
    return operators.keySet().stream().anyMatch(name -> name.matches("(?i).*(nms|suppression).*"));
  }

  /** Returns such as {@code NonMaxSuppression} and {@code Resize ×2}: what is worth a line. */
  public List<String> notable() {
    List<String> found = new ArrayList<>();
    for (String name : NOTABLE) {
      int times = operators.getOrDefault(name, 0);
      if (times > 0) {
        found.add(times == 1 ? name : name + " ×" + times);
      }
    }
    return found;
  }
}
