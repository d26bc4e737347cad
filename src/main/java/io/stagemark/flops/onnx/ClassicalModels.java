package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.stagemark.flops.Operations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operators of ai.onnx.ml: linear models, support vectors, trees, scalers. */
final class ClassicalModels {
  private static final String DOMAIN = "ai.onnx.ml.";

  private ClassicalModels() {}

  static void registerShapes(Map<String, ShapeRule> rules) {
    List.of("LinearClassifier", "SVMClassifier", "TreeEnsembleClassifier")
        .forEach(op -> rules.put(DOMAIN + op, ClassicalModels::classified));
    rules.put(DOMAIN + "LinearRegressor", call -> regressed(call, "targets"));
    rules.put(DOMAIN + "SVMRegressor", call -> regressed(call, ""));
    rules.put(DOMAIN + "TreeEnsembleRegressor", call -> regressed(call, "n_targets"));
    rules.put(DOMAIN + "TreeEnsemble", call -> regressed(call, "n_targets"));
  }

  static void registerRules(Map<String, CostRule> rules) {
    List.of("LinearClassifier", "LinearRegressor")
        .forEach(op -> rules.put(DOMAIN + op, call -> products(call, "coefficients")));
    List.of("SVMClassifier", "SVMRegressor")
        .forEach(op -> rules.put(DOMAIN + op, ClassicalModels::supportVectors));
    List.of("TreeEnsembleClassifier", "TreeEnsembleRegressor", "TreeEnsemble")
        .forEach(op -> rules.put(DOMAIN + op, ClassicalModels::trees));
    List.of("Scaler", "Normalizer", "Imputer")
        .forEach(op -> rules.put(DOMAIN + op, call -> Cost.of(2 * call.count(0), 0, 0)));
    rules.put(DOMAIN + "Binarizer", call -> Cost.of(0, 0, call.count(0)));
  }

  private static long rows(Call call) {
    return call.in(0).rank() > 1 ? call.shape(0).get(0) : 1;
  }

  private static List<Value> classified(Call call) {
    long integers = count(call, "classlabels_ints") + count(call, "classlabels_int64s");
    long classes = Math.max(1, integers + count(call, "classlabels_strings"));
    return List.of(
        Value.of(integers > 0 ? OnnxType.INT64 : OnnxType.STRING, List.of(rows(call))),
        Value.of(OnnxType.FLOAT, List.of(rows(call), classes)));
  }

  private static List<Value> regressed(Call call, String targets) {
    return List.of(Value.of(OnnxType.FLOAT, List.of(rows(call), call.node().integer(targets, 1))));
  }

  private static long count(Call call, String attribute) {
    return call.node()
        .attribute(attribute)
        .map(
            found -> (long) found.getFloatsCount() + found.getIntsCount() + found.getStringsCount())
        .orElse(0L);
  }

  /** rows · features · classes. */
  private static Cost products(Call call, String attribute) {
    return Cost.of(Operations.ofMacs(Shapes.multiply(rows(call), count(call, attribute))));
  }

  private static Cost supportVectors(Call call) {
    return products(call, count(call, "support_vectors") > 0 ? "support_vectors" : "coefficients");
  }

  /** rows · Σ depth: as if every row went down each tree's longest path. */
  private static Cost trees(Call call) {
    return Cost.of(0, 0, Shapes.multiply(rows(call), depths(call.node())))
        .noting("upper bound: the longest path of every tree");
  }

  private static long depths(Node node) {
    if (!node.has("nodes_treeids")) {
      throw new UnknownShape("trees in an unknown form");
    }
    List<Long> trees = node.integers("nodes_treeids", List.of());
    List<Long> ids = node.integers("nodes_nodeids", List.of());
    List<Long> yes = node.integers("nodes_truenodeids", List.of());
    List<Long> no = node.integers("nodes_falsenodeids", List.of());
    List<String> modes =
        node.attribute("nodes_modes").map(AttributeProto::getStringsList).orElse(List.of()).stream()
            .map(mode -> mode.toStringUtf8())
            .toList();
    Map<List<Long>, Integer> index = new HashMap<>();
    for (int i = 0; i < trees.size(); i++) {
      index.put(List.of(trees.get(i), ids.get(i)), i);
    }
    // children stand after their parents in every exporter's file: one pass from the end suffices
    int[] depth = new int[trees.size()];
    Map<Long, Integer> deepest = new HashMap<>();
    for (int i = trees.size() - 1; i >= 0; i--) {
      if (!modes.get(i).equals("LEAF")) {
        Integer left = index.get(List.of(trees.get(i), yes.get(i)));
        Integer right = index.get(List.of(trees.get(i), no.get(i)));
        depth[i] = 1 + Math.max(left == null ? 0 : depth[left], right == null ? 0 : depth[right]);
      }
      deepest.merge(trees.get(i), depth[i], Math::max);
    }
    return deepest.values().stream().mapToLong(Integer::longValue).sum();
  }
}
