package io.stagemark.inspect.file;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.CallTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many rows the tables have that an input chooses rows of: an id that is drawn must be below.
 */
final class EmbeddingRows {
  /** They keep each element's value. */
  private static final Set<String> MOVES =
      Set.of("Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose");

  private static final int MAX_STEPS = 100;

  private final CallTable table;

  EmbeddingRows(CallTable table) {
    this.table = table;
  }

  /** Returns the least number of rows, by the name of an input; only inputs that choose rows. */
  Map<String, Long> of(List<String> inputs) {
    Map<String, Long> rows = new TreeMap<>();
    for (Call call : table.calls()) {
      if (call.node().type().equals("Gather")
          && call.inputs().size() == 2
          && call.node().integer("axis", 0) == 0) {
        Value data = call.inputs().get(0);
        String ids = source(call.node().inputs().get(1));
        if (inputs.contains(ids) && data.isKnown() && data.rank() > 0 && data.extent(0) > 0) {
          rows.merge(ids, data.extent(0), Math::min);
        }
      }
    }
    return rows;
  }

  /** Returns the value that another one is a copy of. */
  private String source(String name) {
    String at = name;
    for (int i = 0; i < MAX_STEPS; i++) {
      Optional<Call> maker = table.maker(at);
      if (maker.isEmpty() || !MOVES.contains(maker.get().node().type())) {
        return at;
      }
      at = maker.get().node().inputs().get(0);
    }
    return at;
  }
}
