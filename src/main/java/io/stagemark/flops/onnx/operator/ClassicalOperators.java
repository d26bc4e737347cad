package io.stagemark.flops.onnx.operator;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operators of ai.onnx.ml: linear models, support vectors, trees, scalers. */
final class ClassicalOperators {
  private ClassicalOperators() {}

  static List<OnnxOperator> all() {
    ShapeRule classified = ClassicalOperators::classified;
    CostRule linear = call -> products(call, "coefficients");
    CostRule vectors = ClassicalOperators::supportVectors;
    CostRule trees = ClassicalOperators::trees;
    CostRule scaled = call -> Cost.of(2 * call.count(0), 0, 0);
    return List.of(
        ml("LinearClassifier", classified, linear),
        ml("LinearRegressor", call -> regressed(call, OnnxType.FLOAT, "targets"), linear),
        ml("SVMClassifier", classified, vectors),
        ml("SVMRegressor", call -> regressed(call, OnnxType.FLOAT, ""), vectors),
        ml("TreeEnsembleClassifier", classified, trees),
        ml("TreeEnsembleRegressor", call -> regressed(call, OnnxType.FLOAT, "n_targets"), trees),
        ml("TreeEnsemble", call -> regressed(call, call.type(0), "n_targets"), trees),
        ml("Scaler", ShapeRule.LIKE_FIRST, scaled),
        ml("Normalizer", ShapeRule.LIKE_FIRST, scaled),
        ml("Imputer", ShapeRule.LIKE_FIRST, scaled),
        ml("Binarizer", ShapeRule.LIKE_FIRST, call -> Cost.of(0, 0, call.count(0))),
        // looked up, not computed
        ml("LabelEncoder", ClassicalOperators::labelled, CostRule.NOTHING),
        ml("ArrayFeatureExtractor", ClassicalOperators::picked, CostRule.NOTHING));
  }

  private static OnnxOperator ml(String type, ShapeRule shape, CostRule cost) {
    return OnnxOperator.of("ai.onnx.ml", type, shape, cost);
  }

  private static List<Value> picked(Call call) {
    List<Long> x = call.shape(0);
    return call.like(Shapes.with(x, x.size() - 1, call.count(1)));
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

  private static List<Value> regressed(Call call, OnnxType type, String targets) {
    return List.of(Value.of(type, List.of(rows(call), call.node().integer(targets, 1))));
  }

  private static List<Value> labelled(Call call) {
    Node node = call.node();
    OnnxType type =
        node.has("values_tensor")
            ? MakerOperators.typeOf(node, "values_tensor")
            : node.has("values_int64s")
                ? OnnxType.INT64
                : node.has("values_floats") ? OnnxType.FLOAT : OnnxType.STRING;
    return List.of(Value.of(type, call.shape(0)));
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
    if (node.has("tree_roots")) {
      return ensembleDepths(node);
    }
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
    TreeDepths depths = new TreeDepths(trees.size());
    for (int i = 0; i < trees.size(); i++) {
      if (!modes.get(i).equals("LEAF")) {
        depths.branch(
            i,
            index.getOrDefault(List.of(trees.get(i), yes.get(i)), TreeDepths.LEAF),
            index.getOrDefault(List.of(trees.get(i), no.get(i)), TreeDepths.LEAF));
      }
    }
    Map<Long, Long> deepest = new HashMap<>();
    for (int i = 0; i < trees.size(); i++) {
      deepest.merge(trees.get(i), depths.of(i), Math::max);
    }
    return deepest.values().stream().mapToLong(Long::longValue).sum();
  }

  /** TreeEnsemble of ai.onnx.ml 5: nodes and leaves apart, and the roots named. */
  private static long ensembleDepths(Node node) {
    List<Long> yes = node.integers("nodes_truenodeids", List.of());
    List<Long> no = node.integers("nodes_falsenodeids", List.of());
    List<Long> yesIsLeaf = node.integers("nodes_trueleafs", List.of());
    List<Long> noIsLeaf = node.integers("nodes_falseleafs", List.of());
    TreeDepths depths = new TreeDepths(yes.size());
    for (int i = 0; i < yes.size(); i++) {
      depths.branch(
          i,
          yesIsLeaf.get(i) != 0 ? TreeDepths.LEAF : Math.toIntExact(yes.get(i)),
          noIsLeaf.get(i) != 0 ? TreeDepths.LEAF : Math.toIntExact(no.get(i)));
    }
    return node.integers("tree_roots", List.of()).stream()
        .mapToLong(root -> depths.of(Math.toIntExact(root)))
        .sum();
  }
}
