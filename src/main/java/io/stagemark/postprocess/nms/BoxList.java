package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * Candidate boxes in arrays that grow and are reused: nothing is allocated once they are large
 * enough. The arrays are open to this project's loops; only the first {@link #size} entries mean
 * anything. Not thread-safe.
 */
public final class BoxList {
  private int size;
  private float[] left;
  private float[] top;
  private float[] right;
  private float[] bottom;
  private float[] scores;
  private int[] classIds;
  private int[] sources;

  /**
   * @param capacity boxes to make room for at once, at least 1
   */
  public BoxList(int capacity) {
    left = new float[capacity];
    top = new float[capacity];
    right = new float[capacity];
    bottom = new float[capacity];
    scores = new float[capacity];
    classIds = new int[capacity];
    sources = new int[capacity];
  }

  /** Empties the list and keeps its memory. */
  public void clear() {
    size = 0;
  }

  /**
   * Appends an entry whose box is still to be set.
   *
   * @param score the higher the better
   * @param classId class index, from 0
   * @param source the decoder's index of the candidate
   */
  public void add(float score, int classId, int source) {
    if (size == left.length) {
      grow();
    }
    scores[size] = score;
    classIds[size] = classId;
    sources[size] = source;
    size++;
  }

  /** Sets the corners of an entry: left, top, right, bottom. */
  public void box(int index, float l, float t, float r, float b) {
    left[index] = l;
    top[index] = t;
    right[index] = r;
    bottom[index] = b;
  }

  /** Drops every entry from {@code newSize} on. */
  public void truncate(int newSize) {
    size = newSize;
  }

  /** Copies entry {@code from} over entry {@code to}. */
  public void move(int from, int to) {
    left[to] = left[from];
    top[to] = top[from];
    right[to] = right[from];
    bottom[to] = bottom[from];
    scores[to] = scores[from];
    classIds[to] = classIds[from];
    sources[to] = sources[from];
  }

  private void grow() {
    int capacity = Math.multiplyExact(left.length, 2);
    left = Arrays.copyOf(left, capacity);
    top = Arrays.copyOf(top, capacity);
    right = Arrays.copyOf(right, capacity);
    bottom = Arrays.copyOf(bottom, capacity);
    scores = Arrays.copyOf(scores, capacity);
    classIds = Arrays.copyOf(classIds, capacity);
    sources = Arrays.copyOf(sources, capacity);
  }

  /** Returns the number of boxes. */
  public int size() {
    return size;
  }

  /** Returns the left edges; valid until the next {@link #add}. */
  public float[] left() {
    return left;
  }

  /** Returns the top edges; valid until the next {@link #add}. */
  public float[] top() {
    return top;
  }

  /** Returns the right edges; valid until the next {@link #add}. */
  public float[] right() {
    return right;
  }

  /** Returns the bottom edges; valid until the next {@link #add}. */
  public float[] bottom() {
    return bottom;
  }

  /** Returns the scores; valid until the next {@link #add}. */
  public float[] scores() {
    return scores;
  }

  /** Returns the class indices; valid until the next {@link #add}. */
  public int[] classIds() {
    return classIds;
  }

  /** Returns the decoder's candidate indices; valid until the next {@link #add}. */
  public int[] sources() {
    return sources;
  }
}
