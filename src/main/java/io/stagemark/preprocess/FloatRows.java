package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** {@link RowWriter} of float32 tensors. */
final class FloatRows implements RowWriter {
  private final InputShape shape;
  private final FloatBuffer target;
  private final float[][] table;
  private final float[][] lines;
  private final float[][] borders;

  FloatRows(InputShape shape, FloatBuffer target, NormalisationTable normalisation) {
    this.shape = shape;
    this.target = target;
    int channels = shape.channels();
    table = new float[channels][256];
    borders = new float[shape.lines()][shape.lineLength()];
    for (int c = 0; c < channels; c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = (float) normalisation.value(c, v);
      }
      float border = (float) normalisation.border(c);
      if (shape.layout() == Layout.NCHW) {
        Arrays.fill(borders[c], border);
      } else {
        for (int i = c; i < shape.lineLength(); i += channels) {
          borders[0][i] = border;
        }
      }
    }
    lines = new float[borders.length][];
    for (int line = 0; line < lines.length; line++) {
      lines[line] = borders[line].clone();
    }
  }

  @Override
  public void border(int slot, int y) {
    for (int line = 0; line < borders.length; line++) {
      target.put(shape.offset(slot, line, y), borders[line]);
    }
  }

  @Override
  public void pixels(int slot, int y, byte[] pixels, int from, int left, int count) {
    for (int c = 0; c < shape.channels(); c++) {
      int source = shape.sourceChannel(c);
      if (shape.channels() == 1) {
        grey(pixels, from, left, count);
      } else if (shape.layout() == Layout.NCHW) {
        planar(pixels, 3 * from + source, lines[c], left, count, table[c]);
      } else {
        packed(pixels, 3 * from + source, lines[0], 3 * left + c, count, table[c]);
      }
    }
    for (int line = 0; line < lines.length; line++) {
      int end = (left + count) * shape.lineLength() / shape.widthPx();
      int start = left * shape.lineLength() / shape.widthPx();
      System.arraycopy(borders[line], 0, lines[line], 0, start);
      System.arraycopy(borders[line], end, lines[line], end, shape.lineLength() - end);
      target.put(shape.offset(slot, line, y), lines[line]);
    }
  }

  private void grey(byte[] pixels, int from, int left, int count) {
    float[] line = lines[0];
    float[] values = table[0];
    for (int x = 0; x < count; x++) {
      line[left + x] = values[pixels[from + x] & 0xFF];
    }
  }

  private static void planar(
      byte[] pixels, int from, float[] line, int at, int count, float[] values) {
    for (int x = 0; x < count; x++) {
      line[at + x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }

  private static void packed(
      byte[] pixels, int from, float[] line, int at, int count, float[] values) {
    for (int x = 0; x < count; x++) {
      line[at + 3 * x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }
}
