package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.nio.ShortBuffer;

/** {@link PixelWriter} of float16 and bfloat16 tensors, whose elements travel as their bits. */
final class HalfRows extends TableRows<short[]> {
  private final ShortBuffer target;
  private final short[][] table;
  private final short[] border;

  /** The bits of the nearest number of two bytes. */
  interface Bits {
    short of(double value);
  }

  HalfRows(InputShape shape, ShortBuffer target, NormalisationTable normalisation, Bits bits) {
    super(shape);
    this.target = target;
    table = new short[shape.channels()][256];
    border = new short[shape.channels()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = bits.of(normalisation.value(c, v));
      }
      border[c] = bits.of(normalisation.border(c));
    }
    makeLines();
  }

  @Override
  short[] borderLine(int channel) {
    short[] line = new short[shape().lineLength()];
    for (int i = 0; i < line.length; i++) {
      line[i] = border[shape().layout() == Layout.NCHW ? channel : i % border.length];
    }
    return line;
  }

  @Override
  void put(int offset, short[] line) {
    target.put(offset, line);
  }

  @Override
  void planar(byte[] pixels, int from, short[] line, int at, int count, int channel) {
    short[] values = table[channel];
    for (int x = 0; x < count; x++) {
      line[at + x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }

  @Override
  void packed(byte[] pixels, int from, short[] line, int at, int count, int channel) {
    short[] values = table[channel];
    for (int x = 0; x < count; x++) {
      line[at + 3 * x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }

  @Override
  void grey(byte[] pixels, int from, short[] line, int at, int count) {
    short[] values = table[0];
    for (int x = 0; x < count; x++) {
      line[at + x] = values[pixels[from + x] & 0xFF];
    }
  }
}
