package io.stagemark.compare;

/**
 * A time that is compared.
 *
 * @param caseId of the baseline's case
 * @param stage such as {@code forward}
 * @param percentile 50, 95 or 99
 * @param evidence one figure a unit of each side
 */
record SpeedMetric(String caseId, String stage, int percentile, Evidence evidence) {

  /** Returns such as {@code forward.p50}. */
  String name() {
    return stage + ".p" + percentile;
  }
}
