package io.stagemark.flops.text;

import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import java.util.List;
import java.util.stream.Collectors;

/** A count as CSV (RFC 4180): one row an operator, the total last; all of them for the batch. */
public final class CountCsv {
  private static final String HEADER =
      "name,operator,executions,outputs,macs,intMacs,flops,flopsTotal,elementwise,special,"
          + "comparisons,validMacs,bytesMoved,note";

  private CountCsv() {}

  /** Returns the rows, each ended by a line feed; the total's note names the convention. */
  public static String render(OperationCount count) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (NodeCount node : count.perOp()) {
      csv.append(
          row(
              List.of(node.name(), node.operator(), Long.toString(node.executions())),
              shapes(node.outputShapes()),
              node.operations(),
              List.of(node.validMacs(), node.bytesMoved()),
              node.note()));
    }
    return csv.append(
            row(
                List.of("total", "", "batch of " + count.batch()),
                "",
                count.total(),
                List.of(count.validMacs(), count.memory().bytesMoved()),
                OperationCount.CONVENTION + uncounted(count)))
        .toString();
  }

  private static String uncounted(OperationCount count) {
    String because =
        count.incompleteBecause().isEmpty()
            ? ""
            : "; not complete: " + String.join("; ", count.incompleteBecause());
    return count.uncounted().isEmpty() ? because : "; uncounted: " + count.uncounted() + because;
  }

  private static String row(
      List<String> first, String shapes, Operations o, List<Long> last, String note) {
    List<String> cells =
        List.of(
            quoted(first.get(0)),
            quoted(first.get(1)),
            quoted(first.get(2)),
            quoted(shapes),
            Long.toString(o.macs()),
            Long.toString(o.intMacs()),
            Long.toString(o.flops()),
            Long.toString(o.flopsTotal()),
            Long.toString(o.elementwise()),
            Long.toString(o.special()),
            Long.toString(o.comparisons()),
            Long.toString(last.get(0)),
            Long.toString(last.get(1)),
            quoted(note));
    return String.join(",", cells) + "\n";
  }

  private static String shapes(List<List<Long>> shapes) {
    return shapes.stream()
        .map(shape -> shape.stream().map(String::valueOf).collect(Collectors.joining("x")))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
