package io.stagemark.result.comparison;

/** What a comparison says as a whole: its headline. */
public enum Outcome {
  /** A trial or a JVM failed before there was a verdict. */
  NOT_FINISHED("!", "NOT FINISHED"),
  /** A gated metric is worse. */
  REGRESSED("✗", "REGRESSED"),
  /** Nothing regressed that was found, and what has to be found could have been missed. */
  CANNOT_TELL("?", "CANNOT TELL"),
  /** A gated metric is better, and none is worse. */
  IMPROVED("✓", "IMPROVED"),
  /** Whatever has to be found would have been found, and was not there. */
  NO_REGRESSION("=", "NO REGRESSION");

  private final String sign;
  private final String text;

  Outcome(String sign, String text) {
    this.sign = sign;
    this.text = text;
  }

  /** Returns a sign that goes with the words, so that no reader needs the colour. */
  public String sign() {
    return sign;
  }

  /** Returns the words of the headline. */
  public String text() {
    return text;
  }
}
