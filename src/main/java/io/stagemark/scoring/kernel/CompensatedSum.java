package io.stagemark.scoring.kernel;

/**
 * A sum of doubles that carries its rounding error along, so that its own error does not grow with
 * the number of terms. Infinities and NaN go through.
 *
 * <p>Source: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen,
 * 1974.
 */
public final class CompensatedSum {
  private double sum;
  private double lost;

  /** Adds a term. */
  public void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  /** Returns the sum so far. */
  public double value() {
    return Double.isFinite(sum) ? sum + lost : sum;
  }
}
