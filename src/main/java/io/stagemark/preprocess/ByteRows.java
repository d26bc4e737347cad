package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.nio.ByteBuffer;

/**
 * {@link PixelWriter} of uint8 and int8 tensors: rounded half to even, then clamped to the type.
 */
final class ByteRows extends TableRows<byte[]> {
  private final ByteBuffer target;
  private final byte[][] table;
  private final byte[] border;

  ByteRows(InputShape shape, ByteBuffer target, NormalisationTable normalisation, boolean signed) {
    super(shape);
    this.target = target;
    table = new byte[shape.channels()][256];
    border = new byte[shape.channels()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = quantised(normalisation.value(c, v), signed);
      }
      border[c] = quantised(normalisation.border(c), signed);
    }
    makeLines();
  }

  private static byte quantised(double value, boolean signed) {
    double rounded = Math.rint(value);
    double low = signed ? Byte.MIN_VALUE : 0;
    return (byte) (int) Math.min(Math.max(rounded, low), low + 255);
  }

  @Override
  byte[] borderLine(int channel) {
    byte[] line = new byte[shape().lineLength()];
    for (int i = 0; i < line.length; i++) {
      line[i] = border[shape().layout() == Layout.NCHW ? channel : i % border.length];
    }
    return line;
  }

  @Override
  void put(int offset, byte[] line) {
    target.put(offset, line);
  }

  @Override
  void planar(byte[] pixels, int from, byte[] line, int at, int count, int channel) {
    byte[] values = table[channel];
    for (int x = 0; x < count; x++) {
      line[at + x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }

  @Override
  void packed(byte[] pixels, int from, byte[] line, int at, int count, int channel) {
    byte[] values = table[channel];
    for (int x = 0; x < count; x++) {
      line[at + 3 * x] = values[pixels[from + 3 * x] & 0xFF];
    }
  }

  @Override
  void grey(byte[] pixels, int from, byte[] line, int at, int count) {
    byte[] values = table[0];
    for (int x = 0; x < count; x++) {
      line[at + x] = values[pixels[from + x] & 0xFF];
    }
  }
}
