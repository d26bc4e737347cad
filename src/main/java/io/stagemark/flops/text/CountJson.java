package io.stagemark.flops.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.roofline.Roofline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A count as JSON. The keys at the top are the batch's; {@code perImage} has the same divided by
 * {@code batch}.
 */
public final class CountJson {
  private CountJson() {}

  /**
   * Returns a JSON text.
   *
   * @param counts the graph as written; behind it, if it was run, the graph that ran, which is
   *     under {@code executed}
   * @param roofline if it was measured
   */
  public static String render(
      String model, List<OperationCount> counts, Optional<Roofline> roofline) {
    Map<String, Object> tree = tree(model, counts.get(0));
    for (OperationCount other : counts.subList(1, counts.size())) {
      tree.put("executed", tree(model, other));
    }
    roofline.ifPresent(measured -> tree.put("roofline", RooflineTable.tree(measured)));
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a count of numbers and strings must render", e);
    }
  }

  /**
   * Returns the count as maps, lists, strings and numbers, in the order in which they are shown.
   */
  public static Map<String, Object> tree(String model, OperationCount count) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", model);
    tree.put("source", count.source());
    tree.put("shapesFrom", count.shapesFrom());
    tree.put("convention", OperationCount.CONVENTION);
    tree.put("batch", count.batch());
    tree.put("complete", count.complete());
    figures(count).forEach(tree::put);
    tree.put("parameters", count.parameters());
    tree.put("parameterBytes", count.weights().parameterBytes());
    tree.put("statistics", count.weights().statistics());
    tree.put("sparsity", count.weights().sparsity());
    tree.put("arithmeticIntensity", count.arithmeticIntensity());
    Map<String, Object> perImage = new LinkedHashMap<>();
    figures(count).forEach((name, value) -> perImage.put(name, divided(value, count.batch())));
    tree.put("perImage", perImage);
    tree.put("uncounted", count.uncounted());
    tree.put("incompleteBecause", count.incompleteBecause());
    tree.put("warnings", count.warnings());
    tree.put("perOp", count.perOp().stream().map(CountJson::node).toList());
    return tree;
  }

  private static Map<String, Long> figures(OperationCount count) {
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("macs", count.macs());
    figures.put("intMacs", count.total().intMacs());
    figures.put("flops", count.flops());
    figures.put("flopsTotal", count.flopsTotal());
    figures.put("elementwise", count.total().elementwise());
    figures.put("special", count.total().special());
    figures.put("comparisons", count.total().comparisons());
    figures.put("validMacs", count.validMacs());
    figures.put("activationBytes", count.memory().activationBytes());
    figures.put("peakActivationBytes", count.memory().peakActivationBytes());
    figures.put("bytesMoved", count.memory().bytesMoved());
    return figures;
  }

  /** Whole where it divides: a count stays an integer. */
  private static Number divided(long value, long batch) {
    if (value % batch == 0) {
      return value / batch;
    }
    return (double) value / batch;
  }

  private static Map<String, Object> node(NodeCount node) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", node.name());
    tree.put("operator", node.operator());
    tree.put("type", node.type());
    tree.put("executions", node.executions());
    tree.put("inputs", copies(node.inputShapes()));
    tree.put("outputs", copies(node.outputShapes()));
    tree.put("macs", node.operations().macs());
    tree.put("intMacs", node.operations().intMacs());
    tree.put("flops", node.operations().flops());
    tree.put("flopsTotal", node.operations().flopsTotal());
    tree.put("elementwise", node.operations().elementwise());
    tree.put("special", node.operations().special());
    tree.put("comparisons", node.operations().comparisons());
    tree.put("validMacs", node.validMacs());
    tree.put("bytesMoved", node.bytesMoved());
    if (!node.note().isEmpty()) {
      tree.put("note", node.note());
    }
    return tree;
  }

  private static List<List<Long>> copies(List<List<Long>> shapes) {
    return new ArrayList<>(shapes);
  }
}
