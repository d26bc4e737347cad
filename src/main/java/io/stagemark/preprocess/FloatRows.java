package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.nio.FloatBuffer;

/** {@link RowWriter} of float32 tensors. */
final class FloatRows extends TableRows<float[]> {
  private final FloatBuffer target;
  private final float[][] table;
  private final float[] border;

  FloatRows(InputShape shape, FloatBuffer target, NormalisationTable normalisation) {
    super(shape);
    this.target = target;
    table = new float[shape.channels()][256];
    border = new float[shape.channels()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = (float) normalisation.value(c, v);
      }
      border[c] = (float) normalisation.border(c);
    }
    makeLines();
  }

  @Override
  float[] borderLine(int channel) {
    float[] line = new float[shape().lineLength()];
    for (int i = 0; i < line.length; i++) {
      line[i] = border[shape().layout() == Layout.NCHW ? channel : i % border.length];
    }
    return line;
  }

  @Override
  void put(int offset, float[] line) {
    target.put(offset, line);
  }

  @Override
  void planar(byte[] pixels, int from, float[] line, int at, int count, int channel) {
    float[] values = table[channel];
    for (int x = 0; x < count; x++) {
      line[at + x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }

  @Override
  void packed(byte[] pixels, int from, float[] line, int at, int count, int channel) {
    float[] values = table[channel];
    for (int x = 0; x < count; x++) {
      line[at + 3 * x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }

  @Override
  void grey(byte[] pixels, int from, float[] line, int at, int count) {
    float[] values = table[0];
    for (int x = 0; x < count; x++) {
      line[at + x] = values[pixels[from + x] & 0xFF];
    }
  }
}
