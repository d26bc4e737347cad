package io.stagemark.postprocess.decoder.dense;

import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;

/**
 * How class numbers and objectness become scores: {@code objectness^a · class^b} after the last
 * step.
 *
 * @param step that the decoder takes of the numbers first; of a softmax the objectness has none
 * @param columns class numbers of a candidate, a background among them
 * @param first which of them is class 0: 1 where the background comes first
 * @param objectnessPower a
 * @param classPower b
 * @param clamped whether an objectness outside [0, 1] counts as 0 or 1: a number that the network
 *     estimates, no probability
 */
public record Scoring(
    LastStep step,
    int columns,
    int first,
    double objectnessPower,
    double classPower,
    boolean clamped) {

  /** An objectness that is taken as it is. */
  public Scoring(LastStep step, int columns, int first, double objectnessPower, double classPower) {
    this(step, columns, first, objectnessPower, classPower, false);
  }

  /** As many numbers as classes, multiplied by the objectness where there is one. */
  public static Scoring of(LastStep step, int classes) {
    return new Scoring(step, classes, 0, 1, 1);
  }

  /** The root of the product, as FCOS and YuNet have it. */
  public Scoring root() {
    return powers(0.5, 0.5);
  }

  /** Other powers. */
  public Scoring powers(double objectness, double classes) {
    return new Scoring(step, columns, first, objectness, classes, clamped);
  }

  boolean isProduct() {
    return objectnessPower == 1 && classPower == 1;
  }

  /** Returns the score of an objectness and a class. */
  float of(float estimate, float classScore) {
    float objectness = clamped ? Math.min(Math.max(estimate, 0), 1) : estimate;
    if (isProduct()) {
      return objectness * classScore;
    }
    return objectnessPower == 0.5 && classPower == 0.5
        ? (float) Math.sqrt((double) objectness * classScore)
        : (float) (Math.pow(objectness, objectnessPower) * Math.pow(classScore, classPower));
  }
}
