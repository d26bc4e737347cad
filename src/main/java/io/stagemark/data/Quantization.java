package io.stagemark.data;

/**
 * How whole numbers stand for real ones: {@code real = (stored − zeroPoint) · scale}, as ONNX's
 * QuantizeLinear and DequantizeLinear have it.
 *
 * @param scale real difference of two neighbours, more than 0
 * @param zeroPoint the stored number of 0
 */
public record Quantization(double scale, int zeroPoint) {
  public Quantization {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException("scale must be more than 0 and finite: " + scale);
    }
  }

  /** Returns the real number of a stored one. */
  public double real(double stored) {
    return (stored - zeroPoint) * scale;
  }

  /** Returns the stored number of a real one, neither rounded nor clamped. */
  public double stored(double real) {
    return real / scale + zeroPoint;
  }
}
