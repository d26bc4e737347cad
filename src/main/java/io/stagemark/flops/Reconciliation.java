package io.stagemark.flops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two counts of one network, from two files, compared.
 *
 * @param first what the first file is
 * @param second what the second file is
 * @param kinds by kind of contraction: the MACs of each
 */
public record Reconciliation(String first, String second, List<ContractionMacs> kinds) {
  public Reconciliation {
    kinds = List.copyOf(kinds);
  }

  /**
   * One kind of contraction.
   *
   * @param kind such as {@code convolution} or {@code matrix product}
   * @param firstMacs of the batch, float and integer
   * @param secondMacs of the batch, float and integer
   */
  public record ContractionMacs(String kind, long firstMacs, long secondMacs) {}

  /** Compares two counts. */
  public static Reconciliation of(OperationCount first, OperationCount second) {
    Map<String, Long> left = byKind(first);
    Map<String, Long> right = byKind(second);
    TreeMap<String, Long> all = new TreeMap<>(left);
    all.putAll(right);
    List<ContractionMacs> kinds = new ArrayList<>();
    for (String kind : all.keySet()) {
      kinds.add(
          new ContractionMacs(kind, left.getOrDefault(kind, 0L), right.getOrDefault(kind, 0L)));
    }
    return new Reconciliation(first.source(), second.source(), kinds);
  }

  private static Map<String, Long> byKind(OperationCount count) {
    Map<String, Long> macs = new TreeMap<>();
    for (NodeCount node : count.perOp()) {
      long all = Math.addExact(node.operations().macs(), node.operations().intMacs());
      if (all > 0) {
        macs.merge(kind(node.operator()), all, Math::addExact);
      }
    }
    return macs;
  }

  /** A fully connected layer is a Gemm in one file and a MatMul in the other. */
  private static String kind(String operator) {
    String name = operator.substring(operator.lastIndexOf('.') + 1);
    if (name.contains("Conv")) {
      return name.contains("Transpose") ? "transposed convolution" : "convolution";
    }
    return switch (name) {
      case "MatMul",
          "Gemm",
          "FusedMatMul",
          "FusedGemm",
          "Einsum",
          "MatMulInteger",
          "QLinearMatMul",
          "Attention",
          "MultiHeadAttention" ->
          "matrix product";
      case "LSTM", "GRU", "RNN", "DynamicQuantizeLSTM" -> "recurrent";
      default -> name;
    };
  }

  /** Returns whether the MACs agree to the last one, kind by kind. */
  public boolean agrees() {
    return kinds.stream().allMatch(kind -> kind.firstMacs() == kind.secondMacs());
  }

  /** Returns one sentence for a report. */
  public String sentence() {
    if (agrees()) {
      long sum = kinds.stream().mapToLong(ContractionMacs::firstMacs).sum();
      return "%s and %s agree: %d MACs in each".formatted(first, second, sum);
    }
    List<String> parts = new ArrayList<>();
    for (ContractionMacs kind : kinds) {
      if (kind.firstMacs() != kind.secondMacs()) {
        parts.add("%s %d against %d".formatted(kind.kind(), kind.firstMacs(), kind.secondMacs()));
      }
    }
    return "%s and %s DIFFER in MACs: %s".formatted(first, second, String.join(", ", parts));
  }
}
