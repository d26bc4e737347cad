package io.stagemark.preprocess;

import io.stagemark.data.Quantization;
import java.util.Optional;

/**
 * {@code (v · scale − mean) / std} of every 8-bit value, computed in double and rounded once: the
 * value nearest to the exact one, whatever order of operations a framework takes. For a quantised
 * input: the whole numbers that stand for those, not yet rounded.
 */
final class NormalisationTable {
  private final double[][] values;
  private final double[] border;

  /**
   * @param channels 1 or 3; a single mean or std applies to all of them
   */
  NormalisationTable(
      PreprocessSettings settings, int channels, Optional<Quantization> quantization) {
    Quantization stored = quantization.orElse(new Quantization(1, 0));
    values = new double[channels][256];
    border = new double[channels];
    for (int c = 0; c < channels; c++) {
      double mean = settings.mean().get(settings.mean().size() == 1 ? 0 : c);
      double std = settings.std().get(settings.std().size() == 1 ? 0 : c);
      for (int v = 0; v < 256; v++) {
        values[c][v] = stored.stored((v * settings.scale() - mean) / std);
      }
      border[c] = stored.stored((settings.padValue() * settings.scale() - mean) / std);
    }
  }

  /** Returns the normalised value of an 8-bit value in a channel of the tensor. */
  double value(int channel, int pixel) {
    return values[channel][pixel];
  }

  /** Returns the normalised border of a channel. */
  double border(int channel) {
    return border[channel];
  }
}
