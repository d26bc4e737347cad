package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link PixelWriter} that looks each value up in a table of the tensor's element type and writes
 * whole lines at once.
 *
 * @param <A> array of the element type
 */
abstract class TableRows<A> implements PixelWriter {
  private final InputShape shape;
  private final List<A> lines = new ArrayList<>();
  private final List<A> borders = new ArrayList<>();
  private byte[] row = new byte[0];

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

  /** Makes the lines; called by the constructors, once the tables are complete. */
  final void makeLines() {
    for (int line = 0; line < shape.lines(); line++) {
      borders.add(borderLine(line));
      lines.add(borderLine(line));
    }
  }

  final A border(int line) {
    return borders.get(line);
  }

  final InputShape shape() {
    return shape;
  }

  @Override
  public final void write(int slot, FittedPixels pixels, FitPlan plan) {
    int first = Math.max(plan.top(), 0);
    int end = Math.min(plan.top() + plan.resizedHeight(), shape.heightPx());
    for (int y = 0; y < shape.heightPx(); y++) {
      if (y < first || y >= end) {
        for (int line = 0; line < borders.size(); line++) {
          put(shape.offset(slot, line, y), borders.get(line));
        }
      }
    }
    rows(slot, pixels, plan, first, end);
  }

  /** Writes the rows from {@code first} to before {@code end} of the input, which hold pixels. */
  void rows(int slot, FittedPixels pixels, FitPlan plan, int first, int end) {
    int stride = plan.resizedWidth() * shape.channels();
    if (row.length < stride) {
      row = new byte[stride];
    }
    for (int y = first; y < end; y++) {
      pixels.get((y - plan.top()) * stride, row, stride);
      row(slot, y, plan.firstColumn(), plan.left(shape), plan.count(shape));
    }
  }

  private void row(int slot, int y, int from, int left, int count) {
    for (int c = 0; c < shape.channels(); c++) {
      int source = 3 * from + shape.sourceChannel(c);
      if (shape.channels() == 1) {
        grey(row, from, lines.get(0), left, count);
      } else if (shape.layout() == Layout.NCHW) {
        planar(row, source, lines.get(c), left, count, c);
      } else {
        packed(row, source, lines.get(0), 3 * left + c, count, c);
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
