package io.stagemark.scoring.metric;

import io.stagemark.scoring.MergeableState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Recall at k of embeddings: each example is a query among all others, which are ordered by cosine
 * similarity; a query is a hit where one of the k nearest has its class. Of equal similarities the
 * wrong class comes first, so that a model that gives one point for everything has no hits. Queries
 * whose class no other example has are left out. An embedding of zeros is similar to nothing: its
 * cosines are 0.
 *
 * <p>Embeddings are kept as they come, 4 bytes a number, and each is compared with each: n² · d
 * multiply-adds. Not thread-safe.
 *
 * <p>Source: Jégou, Douze and Schmid, Product quantization for nearest neighbor search (2011), for
 * recall at k; Oh Song, Xiang, Jegelka and Savarese, Deep metric learning via lifted structured
 * feature embedding (CVPR 2016), for the classes of all examples as queries.
 */
public final class Retrieval implements MergeableState {
  private static final int NO_PARTNER = -1;

  private final List<float[]> embeddings = new ArrayList<>();
  private final List<Integer> classes = new ArrayList<>();
  private int @Nullable [] ranks;

  /**
   * Adds one example.
   *
   * @param embedding finite, of the same length for each example, rounded to float
   * @param classId its class
   * @throws IllegalArgumentException if the length is another one, or a number is not finite
   */
  public void add(double[] embedding, int classId) {
    float[] kept = new float[embedding.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (float) embedding[i];
      if (!Float.isFinite(kept[i])) {
        throw new IllegalArgumentException(
            "an embedding must be finite, its number %d is %s".formatted(i, embedding[i]));
      }
    }
    add(kept, classId);
  }

  private void add(float[] embedding, int classId) {
    if (!embeddings.isEmpty() && embeddings.get(0).length != embedding.length) {
      throw new IllegalArgumentException(
          "embeddings must have one length, got %d after %d"
              .formatted(embedding.length, embeddings.get(0).length));
    }
    embeddings.add(embedding);
    classes.add(classId);
    ranks = null;
  }

  /** Returns how many examples have another one of their class. */
  public long queries() {
    return IntStream.of(ranks()).filter(rank -> rank != NO_PARTNER).count();
  }

  /**
   * Returns the share of queries with one of their class among the k nearest; NaN without queries.
   *
   * @param k at least 1
   */
  public double recallAt(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k is at least 1, got " + k);
    }
    long hits = IntStream.of(ranks()).filter(rank -> rank != NO_PARTNER && rank < k).count();
    return (double) hits / queries();
  }

  /** Returns for each query how many of other classes are at least as near as its nearest. */
  private int[] ranks() {
    if (ranks == null) {
      double[] lengths = embeddings.stream().mapToDouble(e -> Math.sqrt(dot(e, e))).toArray();
      ranks =
          IntStream.range(0, embeddings.size())
              .parallel()
              .map(query -> rank(query, lengths))
              .toArray();
    }
    return ranks;
  }

  private int rank(int query, double[] lengths) {
    int count = embeddings.size();
    double[] cosines = new double[count];
    double nearest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double scale = lengths[query] * lengths[i];
      cosines[i] = scale == 0 ? 0 : dot(embeddings.get(query), embeddings.get(i)) / scale;
      if (i != query && isOfClassOf(query, i)) {
        nearest = Math.max(nearest, cosines[i]);
      }
    }
    if (nearest == Double.NEGATIVE_INFINITY) {
      return NO_PARTNER;
    }
    int before = 0;
    for (int i = 0; i < count; i++) {
      before += cosines[i] >= nearest && !isOfClassOf(query, i) ? 1 : 0;
    }
    return before;
  }

  private boolean isOfClassOf(int query, int other) {
    return classes.get(query).equals(classes.get(other));
  }

  /** In the order of the numbers, whichever of the two comes first. */
  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(embeddings.size());
    for (int i = 0; i < embeddings.size(); i++) {
      out.writeInt(classes.get(i));
      out.writeInt(embeddings.get(i).length);
      for (float number : embeddings.get(i)) {
        out.writeFloat(number);
      }
    }
  }

  @Override
  public void add(DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      int classId = in.readInt();
      float[] embedding = new float[in.readInt()];
      for (int k = 0; k < embedding.length; k++) {
        embedding[k] = in.readFloat();
      }
      add(embedding, classId);
    }
  }
}
