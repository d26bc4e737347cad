package io.stagemark.preprocess;

import io.stagemark.data.Tensor;
import io.stagemark.data.VectorApi;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link PixelWriter} of float32 tensors. Planes of colour images are written by {@link PlaneLoop}s
 * where the Vector API is there and arithmetic gives the table's bits.
 */
final class FloatRows extends TableRows<float[]> {
  /** Pixels read at a time: few calls of OpenCV, and little enough for the second-level cache. */
  private static final int WINDOW = 16384;

  private final FloatBuffer target;
  private final float[][] table;
  private final float[] border;
  private final @Nullable PlaneLoop loop;
  private final byte[] window = new byte[3 * (WINDOW + PlaneLoop.PADDING)];
  private int windowStart;
  private int windowEnd;

  FloatRows(InputShape shape, Tensor tensor, NormalisationTable normalisation) {
    super(shape);
    this.target = tensor.floats();
    table = new float[shape.channels()][256];
    border = new float[shape.channels()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = (float) normalisation.value(c, v);
      }
      border[c] = (float) normalisation.border(c);
    }
    makeLines();
    loop = loop(normalisation, tensor);
  }

  private @Nullable PlaneLoop loop(NormalisationTable normalisation, Tensor tensor) {
    if (shape().layout() != Layout.NCHW || shape().channels() != 3) {
      return null;
    }
    SplitAffine[] affines = new SplitAffine[3];
    int[] planes = new int[3];
    for (int c = 0; c < 3; c++) {
      Optional<SplitAffine> affine =
          SplitAffine.of(table[c], normalisation.value(c, 0), normalisation.value(c, 255));
      if (affine.isEmpty()) {
        return null;
      }
      affines[shape().sourceChannel(c)] = affine.get();
      planes[shape().sourceChannel(c)] = shape().offset(0, c, 0);
    }
    Optional<PlaneLoop> made = VectorApi.find(PlaneLoop.class, "PlaneLoopVector");
    made.ifPresent(planeLoop -> planeLoop.prepare(affines, tensor.bytes(), planes));
    return made.orElse(null);
  }

  @Override
  void rows(int slot, FittedPixels pixels, FitPlan plan, int first, int end) {
    if (loop == null || plan.count(shape()) < loop.lanes()) {
      super.rows(slot, pixels, plan, first, end);
      return;
    }
    windowStart = 0;
    windowEnd = 0;
    int width = shape().widthPx();
    int left = plan.left(shape());
    int count = plan.count(shape());
    int all = plan.resizedWidth() * plan.resizedHeight();
    int base = shape().offset(slot, 0, 0);
    if (count == width && count == plan.resizedWidth()) {
      // rows that fill the input follow each other in memory: one long row
      run(pixels, all, (first - plan.top()) * width, (end - first) * width, base + first * width);
      return;
    }
    for (int y = first; y < end; y++) {
      int source = (y - plan.top()) * plan.resizedWidth() + plan.firstColumn();
      run(pixels, all, source, count, base + y * width + left);
      for (int c = 0; c < 3; c++) {
        int offset = shape().offset(slot, c, y);
        target.put(offset, border(c), 0, left);
        target.put(offset + left + count, border(c), 0, width - left - count);
      }
    }
  }

  /** Writes pixels that follow each other both in {@code pixels} and in the planes. */
  private void run(FittedPixels pixels, int all, int from, int count, int at) {
    PlaneLoop planes = Objects.requireNonNull(loop);
    for (int done = 0; done < count; done += WINDOW) {
      // a last piece of less than two vectors writes some pixels again
      int start = Math.min(done, count - planes.lanes());
      int now = Math.min(WINDOW, count - start);
      planes.write(window, inWindow(pixels, all, from + start, now), now, at + start);
    }
  }

  /** Reads on if some pixels are not all in the window; returns where the first is. */
  private int inWindow(FittedPixels pixels, int all, int first, int count) {
    if (first < windowStart || first + count > windowEnd) {
      windowStart = first;
      windowEnd = Math.min(first + WINDOW, all);
      pixels.get(3 * first, window, 3 * (windowEnd - first));
    }
    return first - windowStart;
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
