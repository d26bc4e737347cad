package io.stagemark.postprocess.decoder.dense;

/**
 * The place of some numbers of each candidate in an output: number v of candidate i of an image is
 * at {@code slot · slotStride + offset + i · candidateStride + v · valueStride}.
 *
 * @param output its index
 * @param slotStride from an image of the batch to the next; 0 for an output without a batch axis
 * @param offset of candidate 0, number 0
 * @param candidateStride from a candidate to the next
 * @param valueStride from a number to the next
 */
public record Numbers(
    int output, int slotStride, int offset, int candidateStride, int valueStride) {

  /** Rows {@code [N, rows, columns]}: a row a candidate, its numbers from a column on. */
  public static Numbers ofRows(int output, int rows, int columns, int column) {
    return new Numbers(output, rows * columns, column, columns, 1);
  }

  /** Columns {@code [N, rows, columns]}: a column a candidate, its numbers from a row on. */
  public static Numbers ofColumns(int output, int rows, int columns, int row) {
    return new Numbers(output, rows * columns, row * columns, 1, columns);
  }

  /** Returns the same of an output that has no batch axis. */
  public Numbers withoutBatch() {
    return new Numbers(output, 0, offset, candidateStride, valueStride);
  }

  /** Returns the index of a candidate's first number. */
  public int index(int slot, int candidate) {
    return slot * slotStride + offset + candidate * candidateStride;
  }

  /** Returns the numbers from another one on. */
  public Numbers from(int value) {
    return new Numbers(
        output, slotStride, offset + value * valueStride, candidateStride, valueStride);
  }
}
