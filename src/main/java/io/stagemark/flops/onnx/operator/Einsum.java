package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An Einstein summation: shape and cost.
 *
 * <p>Rule: two operands cost the product of the extents of all their distinct labels; more are
 * contracted from left to right, a label being summed as soon as no later operand and not the
 * output needs it; one operand costs |X| − |Y| additions. Where nothing is summed, a product is |Y|
 * multiplications and no MAC. A label that repeats in an operand is its diagonal and counts once;
 * ellipsis dimensions count once.
 */
final class Einsum {
  private final List<List<String>> operands;
  private final List<String> result;
  private final Map<String, Long> extents;

  private Einsum(List<List<String>> operands, List<String> result, Map<String, Long> extents) {
    this.operands = operands;
    this.result = result;
    this.extents = extents;
  }

  /** Reads an ONNX Einsum. */
  static Einsum of(Call call) {
    List<List<Long>> shapes = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      shapes.add(call.shape(i));
    }
    return of(call.node().text("equation", ""), shapes);
  }

  /**
   * Reads an equation such as {@code bij,bjk->bik}, with the shapes of its operands.
   *
   * @throws GraphFault if they contradict one another
   */
  static Einsum of(String equation, List<List<Long>> shapes) {
    String text = equation.replace(" ", "");
    int arrow = text.indexOf("->");
    String[] terms = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
    if (terms.length != shapes.size()) {
      throw fault(equation, shapes);
    }
    Map<String, Long> extents = new LinkedHashMap<>();
    List<List<String>> operands = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      List<String> labels = labels(terms[i], shapes.get(i).size());
      if (labels.size() != shapes.get(i).size()) {
        throw fault(equation, shapes);
      }
      operands.add(labels);
      for (int d = 0; d < labels.size(); d++) {
        long extent = shapes.get(i).get(d);
        long before = extents.getOrDefault(labels.get(d), 1L);
        if (before != extent && before != 1 && extent != 1) {
          throw fault(equation, shapes);
        }
        extents.put(labels.get(d), before == 1 ? extent : before);
      }
    }
    List<String> result =
        arrow < 0 ? implicit(operands) : expanded(text.substring(arrow + 2), extents.keySet());
    if (!extents.keySet().containsAll(result)) {
      throw fault(equation, shapes);
    }
    return new Einsum(operands, result, extents);
  }

  private static GraphFault fault(String equation, List<List<Long>> shapes) {
    return new GraphFault(
        "",
        "Einsum '%s' over %s".formatted(equation, shapes),
        "one term for each operand, one label for each extent, equal extents for equal labels",
        "check --input: does the model take inputs of that shape?");
  }

  /** An ellipsis becomes labels numbered from the right, so that operands broadcast. */
  private static List<String> labels(String term, int rank) {
    int ellipsis = term.indexOf("...");
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < term.length(); i++) {
      if (i == ellipsis) {
        for (int d = rank - (term.length() - 3); d > 0; d--) {
          labels.add("..." + d);
        }
        i += 2;
      } else {
        labels.add(term.substring(i, i + 1));
      }
    }
    return labels;
  }

  private static List<String> expanded(String term, Set<String> known) {
    int dimensions = (int) known.stream().filter(label -> label.startsWith("...")).count();
    return labels(term, term.contains("...") ? term.length() - 3 + dimensions : term.length());
  }

  /** Without an arrow the output has the labels that occur once, in alphabetical order. */
  private static List<String> implicit(List<List<String>> operands) {
    List<String> all = operands.stream().flatMap(List::stream).toList();
    List<String> once =
        all.stream()
            .filter(label -> label.length() == 1)
            .filter(label -> all.indexOf(label) == all.lastIndexOf(label))
            .sorted()
            .toList();
    List<String> result =
        new ArrayList<>(
            all.stream()
                .filter(label -> label.startsWith("..."))
                .distinct()
                .sorted(
                    (a, b) -> b.length() != a.length() ? b.length() - a.length() : b.compareTo(a))
                .toList());
    result.addAll(once);
    return result;
  }

  Value output(OnnxType type) {
    return Value.of(type, outputShape());
  }

  List<Long> outputShape() {
    return result.stream().map(extents::get).toList();
  }

  /** Returns the cost by the rule above. */
  Operations operations() {
    Set<String> accumulated = new LinkedHashSet<>(operands.get(0));
    if (operands.size() == 1) {
      return Operations.of(Math.max(0, size(accumulated) - size(result)), 0, 0);
    }
    Operations total = Operations.NONE;
    for (int i = 1; i < operands.size(); i++) {
      Set<String> joint = new LinkedHashSet<>(accumulated);
      joint.addAll(operands.get(i));
      Set<String> kept = new LinkedHashSet<>(joint);
      kept.retainAll(neededAfter(i));
      boolean summed = kept.size() < joint.size();
      total =
          total.plus(summed ? Operations.ofMacs(size(joint)) : Operations.of(size(joint), 0, 0));
      accumulated = kept;
    }
    return total;
  }

  private Set<String> neededAfter(int operand) {
    Set<String> needed = new LinkedHashSet<>(result);
    for (int i = operand + 1; i < operands.size(); i++) {
      needed.addAll(operands.get(i));
    }
    return needed;
  }

  private long size(Iterable<String> labels) {
    long product = 1;
    for (String label : labels) {
      product = Math.multiplyExact(product, extents.getOrDefault(label, 1L));
    }
    return product;
  }
}
