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
 */
public record Scoring(
    LastStep step, int columns, int first, double objectnessPower, double classPower) {

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
    return new Scoring(step, columns, first, objectness, classes);
  }

  boolean isProduct() {
    return objectnessPower == 1 && classPower == 1;
  }

  /** Returns the score of an objectness and a class. */
  float of(float objectness, float classScore) {
    if (isProduct()) {
      return objectness * classScore;
    }
    return objectnessPower == 0.5 && classPower == 0.5
        ? (float) Math.sqrt((double) objectness * classScore)
        : (float) (Math.pow(objectness, objectnessPower) * Math.pow(classScore, classPower));
  }
}
