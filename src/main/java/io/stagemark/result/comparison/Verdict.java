package io.stagemark.result.comparison;

/** What is known about one metric. */
public enum Verdict {
  /** Worse by more than the margin, beyond chance. */
  REGRESSED("✗"),
  /** Better by more than the margin, beyond chance. */
  IMPROVED("✓"),
  /** Within the margin. */
  EQUIVALENT("="),
  /** Neither can be said; the reason says what it would take. */
  INCONCLUSIVE("?");

  private final String sign;

  Verdict(String sign) {
    this.sign = sign;
  }

  /** Returns a sign that goes with the word, so that no reader needs the colour. */
  public String sign() {
    return sign;
  }
}
