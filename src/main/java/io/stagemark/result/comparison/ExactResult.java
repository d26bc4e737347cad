package io.stagemark.result.comparison;

/**
 * A count of both sides, compared to the last digit; and physical memory, which is tested.
 *
 * @param caseId of the baseline's case
 * @param name such as {@code flops}
 * @param unit such as {@code per image}
 * @param gated whether growing fails
 * @param baseline the count
 * @param candidate the count
 * @param verdict REGRESSED where it grew, IMPROVED where it fell, EQUIVALENT where it is the same
 * @param reason why, where the figures do not say it
 */
public record ExactResult(
    String caseId,
    String name,
    String unit,
    boolean gated,
    double baseline,
    double candidate,
    Verdict verdict,
    String reason) {
  /** Name of the Java heap that a batch allocates. */
  public static final String ALLOCATION = "allocation";

  /** First part of the names of physical memory. */
  public static final String PHYSICAL_MEMORY = "rss";

  public ExactResult {
    reason = reason == null ? "" : reason; // absent in older files
  }

  /** Compares two counts: more is worse. */
  public static ExactResult count(
      String caseId, String name, String unit, boolean gated, Counted counted) {
    // NaN is the same as NaN and more than any number
    int way = Double.compare(counted.candidate(), counted.baseline());
    boolean same = way == 0 || Math.abs(counted.candidate() - counted.baseline()) < counted.floor();
    return new ExactResult(
        caseId,
        name,
        unit,
        gated,
        counted.baseline(),
        counted.candidate(),
        same ? Verdict.EQUIVALENT : way > 0 ? Verdict.REGRESSED : Verdict.IMPROVED,
        "");
  }

  /**
   * Both sides' figures.
   *
   * @param floor smaller differences than this are none
   */
  public record Counted(double baseline, double candidate, double floor) {}

  /** Returns the same figures with no verdict. */
  public ExactResult withoutVerdict(String why) {
    return new ExactResult(
        caseId, name, unit, gated, baseline, candidate, Verdict.INCONCLUSIVE, why);
  }

  /** Returns whether it was measured: what else differs between the sides can then have made it. */
  public boolean measured() {
    return name.equals(ALLOCATION) || name.startsWith(PHYSICAL_MEMORY);
  }
}
