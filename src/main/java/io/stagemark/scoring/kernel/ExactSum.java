package io.stagemark.scoring.kernel;

import io.stagemark.scoring.MergeableState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A sum of doubles without any rounding, so that it does not depend on the order of its terms or on
 * how they are divided into parts. The value is rounded once, when it is asked for. NaN and
 * infinities go through; the sum of both infinities is NaN.
 *
 * <p>The sum is a fixed-point number over the whole range of a double: 67 digits of 32 bits from
 * 2⁻¹⁰⁷⁴ up, each in a long of its own, so that carries wait. Source: Neal, Fast Exact Summation
 * Using Small and Large Superaccumulators, 2015, arXiv 1505.05571. Not thread-safe.
 */
public final class ExactSum implements MergeableState {
  private static final int DIGIT_BITS = 32;
  private static final long DIGIT = 0xffff_ffffL;

  /** 2098 bits of the largest double, and 46 for the number of terms. */
  private static final int DIGITS = 67;

  /** The exponent of the last bit. */
  private static final int LAST_BIT = -1074;

  private static final int MANTISSA_BITS = 53;

  /** A term changes a digit by less than 2³²: so many fit into a long. */
  private static final int MAX_WAITING = 1 << 30;

  private final long[] digits = new long[DIGITS];
  private int waiting;
  private boolean hasNaN;
  private boolean hasPositiveInfinity;
  private boolean hasNegativeInfinity;

  /** Adds a term. */
  public void add(double term) {
    if (!Double.isFinite(term)) {
      hasNaN |= Double.isNaN(term);
      hasPositiveInfinity |= term == Double.POSITIVE_INFINITY;
      hasNegativeInfinity |= term == Double.NEGATIVE_INFINITY;
      return;
    }
    long bits = Double.doubleToRawLongBits(term);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & 0xf_ffff_ffff_ffffL;
    if (exponent == 0) {
      exponent = 1; // a subnormal number
    } else {
      mantissa |= 1L << 52;
    }
    int place = exponent - 1; // of the mantissa's last bit, from 2^-1074 up
    int digit = place / DIGIT_BITS;
    int shift = place % DIGIT_BITS;
    long low = (mantissa & DIGIT) << shift;
    long high = (mantissa >>> DIGIT_BITS) << shift;
    long sign = bits < 0 ? -1 : 1;
    digits[digit] += sign * (low & DIGIT);
    digits[digit + 1] += sign * ((low >>> DIGIT_BITS) + (high & DIGIT));
    digits[digit + 2] += sign * (high >>> DIGIT_BITS);
    waiting += 2; // the middle digit gets two parts
    if (waiting >= MAX_WAITING) {
      carry();
    }
  }

  private void carry() {
    for (int i = 0; i < DIGITS - 1; i++) {
      digits[i + 1] += digits[i] >> DIGIT_BITS;
      digits[i] &= DIGIT;
    }
    waiting = 1;
  }

  /** Returns the double nearest to the sum, the even one of two. */
  public double value() {
    if (hasNaN || (hasPositiveInfinity && hasNegativeInfinity)) {
      return Double.NaN;
    }
    if (hasPositiveInfinity || hasNegativeInfinity) {
      return hasPositiveInfinity ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    BigInteger whole = whole();
    double size = rounded(whole.abs());
    return whole.signum() < 0 ? -size : size;
  }

  /** Returns the sum in units of 2⁻¹⁰⁷⁴. */
  private BigInteger whole() {
    carry();
    BigInteger whole = BigInteger.valueOf(digits[DIGITS - 1]);
    for (int i = DIGITS - 2; i >= 0; i--) {
      whole = whole.shiftLeft(DIGIT_BITS).or(BigInteger.valueOf(digits[i]));
    }
    return whole;
  }

  private static double rounded(BigInteger size) {
    int more = size.bitLength() - MANTISSA_BITS;
    if (more <= 0) {
      return Math.scalb((double) size.longValueExact(), LAST_BIT);
    }
    long mantissa = size.shiftRight(more).longValueExact();
    boolean half = size.testBit(more - 1);
    boolean beyond = half && size.getLowestSetBit() < more - 1;
    if (half && (beyond || (mantissa & 1) != 0)) {
      mantissa++;
    }
    return Math.scalb((double) mantissa, more + LAST_BIT);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(hasNaN);
    out.writeBoolean(hasPositiveInfinity);
    out.writeBoolean(hasNegativeInfinity);
    byte[] whole = whole().toByteArray();
    out.writeShort(whole.length);
    out.write(whole);
  }

  @Override
  public void add(DataInput in) throws IOException {
    hasNaN |= in.readBoolean();
    hasPositiveInfinity |= in.readBoolean();
    hasNegativeInfinity |= in.readBoolean();
    int length = in.readUnsignedShort();
    if (length == 0 || length > DIGITS * Integer.BYTES + Long.BYTES) {
      throw new IOException("a sum of %d bytes".formatted(length));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    BigInteger whole = new BigInteger(bytes);
    if (whole.bitLength() >= DIGITS * DIGIT_BITS) {
      throw new IOException("a sum of %d bits".formatted(whole.bitLength()));
    }
    carry();
    for (int i = 0; i < DIGITS - 1; i++) {
      digits[i] += whole.longValue() & DIGIT;
      whole = whole.shiftRight(DIGIT_BITS);
    }
    digits[DIGITS - 1] += whole.longValueExact();
    carry();
  }
}
