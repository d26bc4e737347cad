package io.stagemark.flops;

/**
 * Arithmetic by kind. Never one blended number: a tool that adds comparisons to multiplications
 * cannot be compared with any other.
 *
 * @param macs floating-point multiply-accumulates, one multiplication and one addition each
 * @param intMacs the same on integers (quantised contractions)
 * @param elementwise floating-point additions, subtractions, multiplications and divisions outside
 *     a contraction, one each
 * @param special evaluations of a transcendental function or root (exp, log, erf, tanh, sqrt, …)
 * @param comparisons comparisons, minima, maxima, sign, logic and integer arithmetic
 */
public record Operations(
    long macs, long intMacs, long elementwise, long special, long comparisons) {
  /** No arithmetic at all. */
  public static final Operations NONE = new Operations(0, 0, 0, 0, 0);

  public Operations {
    if (macs < 0 || intMacs < 0 || elementwise < 0 || special < 0 || comparisons < 0) {
      throw new IllegalArgumentException(
          "operations must not be negative: macs=%d intMacs=%d elementwise=%d special=%d cmp=%d"
              .formatted(macs, intMacs, elementwise, special, comparisons));
    }
  }

  /** Returns floating-point multiply-accumulates alone. */
  public static Operations ofMacs(long macs) {
    return new Operations(macs, 0, 0, 0, 0);
  }

  /** Returns integer multiply-accumulates alone. */
  public static Operations ofIntMacs(long intMacs) {
    return new Operations(0, intMacs, 0, 0, 0);
  }

  /** Returns operations outside a contraction. */
  public static Operations of(long elementwise, long special, long comparisons) {
    return new Operations(0, 0, elementwise, special, comparisons);
  }

  /**
   * Returns the sum.
   *
   * @throws ArithmeticException if it does not fit a long
   */
  public Operations plus(Operations other) {
    return new Operations(
        Math.addExact(macs, other.macs),
        Math.addExact(intMacs, other.intMacs),
        Math.addExact(elementwise, other.elementwise),
        Math.addExact(special, other.special),
        Math.addExact(comparisons, other.comparisons));
  }

  /** Returns this many times over; throws {@link ArithmeticException} if it does not fit. */
  public Operations times(long times) {
    return new Operations(
        Math.multiplyExact(macs, times),
        Math.multiplyExact(intMacs, times),
        Math.multiplyExact(elementwise, times),
        Math.multiplyExact(special, times),
        Math.multiplyExact(comparisons, times));
  }

  /** Returns 2 × MAC, the headline FLOPs (the convention of Ultralytics' tables). */
  public long flops() {
    return Math.multiplyExact(2, macs);
  }

  /** Returns 2 × MAC + elementwise + special: every floating-point operation. */
  public long flopsTotal() {
    return Math.addExact(flops(), Math.addExact(elementwise, special));
  }
}
