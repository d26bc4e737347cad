package io.stagemark.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The figures of a count that grow with the batch: of a whole batch, or of one image. Whole numbers
 * of a batch; of an image whole where the batch divides them.
 *
 * @param macs floating-point multiply-accumulates
 * @param intMacs integer multiply-accumulates
 * @param flops 2 × {@code macs}
 * @param flopsTotal {@code flops + elementwise + special}
 * @param elementwise additions, subtractions, multiplications and divisions outside a contraction
 * @param special evaluations of exp, log, erf, tanh, sqrt, …
 * @param comparisons comparisons, minima, maxima, logic and integer arithmetic
 * @param validMacs MACs that touch no padding and no masked position
 * @param activationBytes every tensor that an operator writes
 * @param peakActivationBytes the most that is alive at one time
 * @param bytesMoved inputs, weights and outputs of every operator
 */
public record CountFigures(
    BigDecimal macs,
    BigDecimal intMacs,
    BigDecimal flops,
    BigDecimal flopsTotal,
    BigDecimal elementwise,
    BigDecimal special,
    BigDecimal comparisons,
    BigDecimal validMacs,
    BigDecimal activationBytes,
    BigDecimal peakActivationBytes,
    BigDecimal bytesMoved) {

  /** Returns the figures of one image. */
  public CountFigures dividedBy(long batch) {
    UnaryOperator<BigDecimal> part = value -> quotient(value, batch);
    return new CountFigures(
        part.apply(macs),
        part.apply(intMacs),
        part.apply(flops),
        part.apply(flopsTotal),
        part.apply(elementwise),
        part.apply(special),
        part.apply(comparisons),
        part.apply(validMacs),
        part.apply(activationBytes),
        part.apply(peakActivationBytes),
        part.apply(bytesMoved));
  }

  private static BigDecimal quotient(BigDecimal value, long batch) {
    BigDecimal part =
        value.divide(BigDecimal.valueOf(batch), MathContext.DECIMAL64).stripTrailingZeros();
    return part.setScale(Math.max(0, part.scale()));
  }

  /** Returns the figures by name, in order. */
  public Map<String, BigDecimal> byName() {
    Map<String, BigDecimal> figures = new LinkedHashMap<>();
    figures.put("macs", macs);
    figures.put("intMacs", intMacs);
    figures.put("flops", flops);
    figures.put("flopsTotal", flopsTotal);
    figures.put("elementwise", elementwise);
    figures.put("special", special);
    figures.put("comparisons", comparisons);
    figures.put("validMacs", validMacs);
    figures.put("activationBytes", activationBytes);
    figures.put("peakActivationBytes", peakActivationBytes);
    figures.put("bytesMoved", bytesMoved);
    return figures;
  }
}
