package io.stagemark.flops.onnx.value;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many models of each operator were counted, and why the others were not. */
final class NodeModelTable {
  private final Map<String, Row> rows = new TreeMap<>();
  private final Map<String, String> operators = new TreeMap<>();

  /** One operator; a model that spells it out in others belongs to it. */
  private static final class Row {
    private int complete;
    private int incomplete;
    private int refused;
    private final Map<String, Integer> reasons = new TreeMap<>();
  }

  /**
   * Adds a model.
   *
   * @param count null where the model was refused
   */
  void add(Path model, @Nullable OperationCount count) throws IOException {
    String name = String.valueOf(model.getFileName()).replace(".onnx", "");
    int expanded = name.indexOf("_expanded");
    String base = expanded < 0 ? name : name.substring(0, expanded);
    String operator = expanded < 0 ? operatorOf(model) : operators.getOrDefault(base, "(expanded)");
    operators.putIfAbsent(base, operator);
    Row row = rows.computeIfAbsent(operator, key -> new Row());
    if (count == null) {
      row.refused++;
    } else if (count.complete()) {
      row.complete++;
    } else {
      row.incomplete++;
      String why =
          count.incompleteBecause().isEmpty()
              ? count.warnings().get(count.warnings().size() - 1)
              : count.incompleteBecause().get(0);
      row.reasons.merge(why, 1, Integer::sum);
    }
  }

  private static String operatorOf(Path model) throws IOException {
    String found = "";
    for (NodeProto node :
        ModelProto.parseFrom(Files.readAllBytes(model)).getGraph().getNodeList()) {
      boolean plain = node.getOpType().equals("Constant") && !found.isEmpty();
      boolean wraps = found.startsWith("Sequence") || found.equals("Optional");
      found = plain || wraps ? found : node.getOpType();
    }
    return found;
  }

  /** Returns tab-separated lines: operator, models, complete, not complete, refused, reasons. */
  String text() {
    StringBuilder text = new StringBuilder();
    rows.forEach(
        (operator, row) ->
            text.append(
                "%s\t%d\t%d\t%d\t%d\t%s\n"
                    .formatted(
                        operator,
                        row.complete + row.incomplete + row.refused,
                        row.complete,
                        row.incomplete,
                        row.refused,
                        row.reasons)));
    return text.toString();
  }
}
