package io.stagemark.machine.doctor;

/**
 * One thing that was looked at.
 *
 * @param name such as {@code governor}
 * @param verdict how good it is
 * @param found what there is, with its unit
 * @param why it matters
 * @param advice what to try; empty where all is well
 */
public record Check(String name, Verdict verdict, String found, String why, String advice) {

  /** How good what was found is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** The system does not report it. */
    ABSENT,
    /** Figures could be better. */
    WARN,
    /** Figures would be wrong or would not repeat. */
    BAD;

    /** Returns OK up to one bound, WARN up to the next, BAD above. */
    static Verdict upTo(double value, double ok, double warn) {
      return value <= ok ? OK : value <= warn ? WARN : BAD;
    }
  }

  /** Returns a check that needs no advice when it is OK. */
  static Check of(String name, Verdict verdict, String found, String why, String advice) {
    return new Check(name, verdict, found, why, verdict == Verdict.OK ? "" : advice);
  }

  /** Returns a check of a value that the system does not report. */
  static Check absent(String name, String what, String why) {
    return new Check(
        name,
        Verdict.ABSENT,
        "the system does not report it (" + what + ")",
        why,
        "in a guest or container, look on the host");
  }
}
