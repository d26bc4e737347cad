package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link RowWriter} that looks each value up in a table of the tensor's element type and writes
 * whole lines at once.
 *
 * @param <A> array of the element type
 */
abstract class TableRows<A> implements RowWriter {
  private final InputShape shape;
  private final List<A> lines = new ArrayList<>();
  private final List<A> borders = new ArrayList<>();

  TableRows(InputShape shape) {
    this.shape = shape;
  }

  /** Returns a line filled with the border: of one channel, or of all, packed. */
  abstract A borderLine(int channel);

  /** Writes a line into the tensor. */
  abstract void put(int offset, A line);

  /**
   * Looks up the values of one channel.
   *
   * @param from first byte of {@code pixels}
   * @param at first element of {@code line}
   * @param channel of the tensor
   */
  abstract void planar(byte[] pixels, int from, A line, int at, int count, int channel);

  /** As {@link #planar}, but every third element of the line. */
  abstract void packed(byte[] pixels, int from, A line, int at, int count, int channel);

  /** As {@link #planar}, but from pixels of one channel. */
  abstract void grey(byte[] pixels, int from, A line, int at, int count);

  /** Makes the lines; called by the constructors, once the tables stand. */
  final void makeLines() {
    for (int line = 0; line < shape.lines(); line++) {
      borders.add(borderLine(line));
      lines.add(borderLine(line));
    }
  }

  final InputShape shape() {
    return shape;
  }

  @Override
  public final void border(int slot, int y) {
    for (int line = 0; line < borders.size(); line++) {
      put(shape.offset(slot, line, y), borders.get(line));
    }
  }

  @Override
  public final void pixels(int slot, int y, byte[] pixels, int from, int left, int count) {
    for (int c = 0; c < shape.channels(); c++) {
      int source = 3 * from + shape.sourceChannel(c);
      if (shape.channels() == 1) {
        grey(pixels, from, lines.get(0), left, count);
      } else if (shape.layout() == Layout.NCHW) {
        planar(pixels, source, lines.get(c), left, count, c);
      } else {
        packed(pixels, source, lines.get(0), 3 * left + c, count, c);
      }
    }
    int elementsAPixel = shape.lineLength() / shape.widthPx();
    int start = left * elementsAPixel;
    int end = (left + count) * elementsAPixel;
    for (int line = 0; line < lines.size(); line++) {
      A values = lines.get(line);
      // another image may have been wider: the borders are written anew
      System.arraycopy(borders.get(line), 0, values, 0, start);
      System.arraycopy(borders.get(line), end, values, end, shape.lineLength() - end);
      put(shape.offset(slot, line, y), values);
    }
  }
}
