package io.stagemark.result;

import static java.util.Locale.ROOT;

import java.util.List;

/**
 * Whether figures may be relied on, in the words of MLPerf LoadGen: VALID, or INVALID with every
 * reason and what to do about it.
 *
 * @param verdict VALID without reasons
 * @param reasons in the order of {@link Code}
 */
public record Validity(Verdict verdict, List<Reason> reasons) {
  public Validity {
    reasons = List.copyOf(reasons);
  }

  /** The verdict that reasons make. */
  public static Validity of(List<Reason> reasons) {
    return new Validity(reasons.isEmpty() ? Verdict.VALID : Verdict.INVALID, reasons);
  }

  /** Whether figures may be relied on. */
  public enum Verdict {
    VALID,
    INVALID
  }

  /** What can be wrong. */
  public enum Code {
    /** Not every trial was run yet. */
    INCOMPLETE,
    /** A trial has no figures. */
    FAILED_TRIALS,
    /** The engine failed on batches. */
    FAILED_BATCHES,
    /** Pictures that could not be decoded: the figures and scores are without them. */
    UNREADABLE_EXAMPLES,
    /** Fewer samples than a p90 needs. */
    TOO_FEW_SAMPLES,
    /** The measured batches are on more than one level. */
    NOT_STEADY,
    /** Outputs were not computed from the inputs, or not each time. */
    WORK_NOT_PROVEN,
    /** The same input had other outputs on another visit, beyond what rounding makes. */
    OUTPUTS_CHANGED,
    /** An output has numbers that are NaN or infinite: no score can be taken. */
    OUTPUTS_NOT_FINITE,
    /** What scores are taken from cannot be scored, such as probabilities above 1. */
    NOT_SCORABLE,
    /** The clock ran backwards, or is too coarse. */
    CLOCK,
    /** The time between the stages is too long. */
    GAP,
    /** Batches arrived faster than they could be done, or no rate kept the bound. */
    OVERLOADED,
    /** The hypervisor took processor time away. */
    STEAL,
    /** Other processes kept the processors busy. */
    FOREIGN_LOAD,
    /** The machine itself became faster or slower. */
    MACHINE_DRIFT,
    /** A case of the run is INVALID. */
    INVALID_CASES;

    /** Returns such as {@code too few samples}. */
    public String words() {
      return name().toLowerCase(ROOT).replace('_', ' ');
    }
  }

  /**
   * One reason.
   *
   * @param code what is wrong
   * @param found with its figures
   * @param recommendation what to do about it
   */
  public record Reason(Code code, String found, String recommendation) {}

  /** Returns whether there is no reason against the figures. */
  public boolean valid() {
    return verdict == Verdict.VALID;
  }
}
