package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import java.util.List;

/**
 * The extents of an attention.
 *
 * @param batch B
 * @param heads Hq, of the queries
 * @param kvHeads Hkv, fewer where groups of queries share keys
 * @param queries Sq
 * @param keys Skv, past included
 * @param qkDim width of a query or key head
 * @param vDim width of a value head
 */
public record AttentionExtents(
    long batch, long heads, long kvHeads, long queries, long keys, long qkDim, long vDim) {

  /** ai.onnx: rank 4 [B, H, S, d], or rank 3 [B, S, H·d] with the heads as attributes. */
  public static AttentionExtents standard(Call call) {
    boolean past = call.has(4) && call.in(4).rank() == 4; // past_key [B, Hkv, past, d]
    return of(call, past ? call.in(4).extent(2) : 0);
  }

  private static AttentionExtents of(Call call, long past) {
    List<Long> q = call.shape(0);
    List<Long> k = call.shape(1);
    List<Long> v = call.shape(2);
    boolean split = q.size() == 4;
    long heads = split ? q.get(1) : call.node().integer("q_num_heads");
    long kvHeads = split ? k.get(1) : call.node().integer("kv_num_heads");
    long keys = Math.addExact(split ? k.get(2) : k.get(1), past);
    return new AttentionExtents(
        q.get(0),
        heads,
        kvHeads,
        split ? q.get(2) : q.get(1),
        keys,
        split ? q.get(3) : each(q.get(2), heads, call),
        split ? v.get(3) : each(v.get(2), kvHeads, call));
  }

  private static long each(long width, long heads, Call call) {
    if (heads < 1 || width % heads != 0) {
      throw new GraphFault(
          call.node().path(),
          "a width of %d in %d heads".formatted(width, heads),
          "heads of equal width",
          "check the model with onnx.checker, or export it again");
    }
    return width / heads;
  }

  /** ai.onnx without a cache of keys: the state has the heads of the keys. */
  static AttentionExtents linear(Call call) {
    return of(call, 0);
  }

  /** com.microsoft, projecting: input [B, S, Di] or packed [tokens, Di], weights [Di, 2H + Hv]. */
  static AttentionExtents projected(Call call) {
    Node node = call.node();
    List<Long> x = call.shape(0);
    long heads = positive(node.integer("num_heads"), call);
    long all = call.shape(1).get(1);
    List<Long> sizes = node.integers("qkv_hidden_sizes", List.of(all / 3, all / 3, all / 3));
    boolean packed = x.size() == 2;
    int offsets = 3; // token_offset [B, S] of the packed form
    long batch = packed ? call.shape(offsets).get(0) : x.get(0);
    long queries = packed ? call.shape(offsets).get(1) : x.get(1);
    int pastAt = node.type().equals("QAttention") ? 8 : 4;
    long keys = queries;
    if (!packed && call.has(pastAt) && call.in(pastAt).rank() == 5) {
      keys = Math.addExact(keys, call.in(pastAt).extent(3)); // past [2, B, H, P, d]
    }
    return new AttentionExtents(
        batch, heads, heads, queries, keys, sizes.get(0) / heads, sizes.get(2) / heads);
  }

  /** com.microsoft, without projection: query [B, S, H·d], or packed [B, S, H, 3, d]. */
  static AttentionExtents multiHead(Call call) {
    Node node = call.node();
    List<Long> q = call.shape(0);
    long heads = positive(node.integer("num_heads"), call);
    long kvHeads = node.integer("kv_num_heads", heads);
    boolean packedTokens = q.size() == 2;
    if (packedTokens) {
      throw new UnknownShape("packed tokens: the lengths of the sequences are data");
    }
    long batch = q.get(0);
    long queries = q.get(1);
    if (q.size() == 5) {
      return new AttentionExtents(batch, heads, heads, queries, queries, q.get(4), q.get(4));
    }
    if (!call.has(1)) { // query holds Q, K and V side by side
      long head = q.get(2) / (heads + 2 * kvHeads);
      return new AttentionExtents(
          batch, heads, kvHeads, queries, pastOr(call, queries), head, head);
    }
    List<Long> k = call.shape(1);
    long head = q.get(2) / heads;
    boolean headsFirst = k.size() == 4;
    long fresh = headsFirst ? k.get(2) : k.get(1);
    long vDim = head;
    if (call.has(2)) {
      List<Long> v = call.shape(2);
      vDim = headsFirst ? v.get(3) : v.get(2) / positive(kvHeads, call);
    }
    return new AttentionExtents(batch, heads, kvHeads, queries, pastOr(call, fresh), head, vDim);
  }

  /** Returns the keys that are new in this call. */
  static long fresh(Call call, AttentionExtents e) {
    if (!call.has(1) || call.shape(0).size() == 5) {
      return e.queries();
    }
    List<Long> k = call.shape(1);
    return k.size() == 4 ? k.get(2) : k.get(1);
  }

  /** Adds the cached keys: input 3 of a grouped attention, input 6 (5 if masked) of the others. */
  private static long pastOr(Call call, long fresh) {
    int pastAt =
        switch (call.node().type()) {
          case "GroupQueryAttention", "SparseAttention", "PagedAttention" -> 3;
          case "DecoderMaskedMultiHeadAttention" -> 5;
          default -> 6;
        };
    int totalAt = 6;
    if (pastAt == 3 && call.has(totalAt) && call.in(totalAt).numbers() != null) {
      return call.in(totalAt).known().integer(0); // total_sequence_length
    }
    boolean past = call.has(pastAt) && call.in(pastAt).rank() == 4;
    return past ? Math.addExact(fresh, call.in(pastAt).extent(2)) : fresh;
  }

  private static long positive(long value, Call call) {
    if (value < 1) {
      throw new GraphFault(
          call.node().path(), "%d heads".formatted(value), "at least 1", "export it again");
    }
    return value;
  }

  /** Returns B·Hq·Sq: the rows of the softmax. */
  long rows() {
    return Shapes.multiply(batch, heads, queries);
  }
}
