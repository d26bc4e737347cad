package io.stagemark.data;

import java.nio.FloatBuffer;

/**
 * Every box a detector could report for one image, before any threshold: the terms of the dense
 * classification losses.
 *
 * <p>Scores are read in place: {@code score(i, k)} is {@code scores.get(offset + i ·
 * candidateStride + k · classStride)}, so that a channel-major head needs no transposition.
 */
public final class DenseCandidates {
  private final int count;
  private final int classes;
  private final boolean logits;
  private final FloatBuffer scores;
  private final int offset;
  private final int candidateStride;
  private final int classStride;
  private final double[] boxes;

  /**
   * @param count number of candidates
   * @param classes number of classes
   * @param logits true if the scores are logits, false if they are probabilities after a sigmoid
   * @param scores memory of the scores, read with absolute access
   * @param layout place of a score in that memory
   * @param boxes {@code 4 · count} values left, top, right, bottom in source pixels, not clipped;
   *     taken over, not copied
   */
  public DenseCandidates(
      int count, int classes, boolean logits, FloatBuffer scores, Layout layout, double[] boxes) {
    if (boxes.length != 4 * count) {
      throw new IllegalArgumentException(
          "%d candidates need %d box coordinates, got %d"
              .formatted(count, 4 * count, boxes.length));
    }
    if (count > 0 && classes > 0) {
      int last = layout.index(count - 1, classes - 1);
      if (layout.offset() < 0 || last >= scores.limit()) {
        throw new IllegalArgumentException(
            "%d candidates x %d classes reach score %d, the memory has %d"
                .formatted(count, classes, last, scores.limit()));
      }
    }
    this.count = count;
    this.classes = classes;
    this.logits = logits;
    this.scores = scores;
    this.offset = layout.offset();
    this.candidateStride = layout.candidateStride();
    this.classStride = layout.classStride();
    this.boxes = boxes;
  }

  /**
   * The place of a score, in elements.
   *
   * @param offset of candidate 0, class 0
   * @param candidateStride from a candidate to the next
   * @param classStride from a class to the next
   */
  public record Layout(int offset, int candidateStride, int classStride) {
    /** Returns the index of a score. */
    public int index(int candidate, int classId) {
      return offset + candidate * candidateStride + classId * classStride;
    }
  }

  /**
   * Returns the same candidates with their scores read before the sigmoid that made them.
   *
   * @param activated the memory that these scores are read from
   * @param before memory of the same layout, of logits
   * @return these candidates if their scores are not read from {@code activated}
   */
  @SuppressWarnings("ReferenceEquality") // the same memory is meant, not the same numbers
  public DenseCandidates withLogits(FloatBuffer activated, FloatBuffer before) {
    return scores == activated
        ? new DenseCandidates(
            count, classes, true, before, new Layout(offset, candidateStride, classStride), boxes)
        : this;
  }

  /**
   * Returns the same candidates with other boxes.
   *
   * @param others as in the constructor
   */
  public DenseCandidates withBoxes(double[] others) {
    return new DenseCandidates(
        count, classes, logits, scores, new Layout(offset, candidateStride, classStride), others);
  }

  /** Returns the number of candidates. */
  public int count() {
    return count;
  }

  /** Returns the number of classes. */
  public int classes() {
    return classes;
  }

  /** Returns whether scores are logits; otherwise they are probabilities. */
  public boolean logits() {
    return logits;
  }

  /** Returns one score: a logit or a probability, as {@link #logits} says. */
  public float score(int candidate, int classId) {
    return scores.get(offset + candidate * candidateStride + classId * classStride);
  }

  /** Returns a box edge in source pixels: 0 left, 1 top, 2 right, 3 bottom. */
  public double edge(int candidate, int side) {
    return boxes[4 * candidate + side];
  }
}
