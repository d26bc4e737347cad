package io.stagemark.result;

import static java.util.Locale.ROOT;

import java.util.List;

/**
 * Whether figures are what they claim to be, in the words of MLPerf LoadGen: VALID, or INVALID with
 * every reason and what to do about it. What only makes a figure less sure, such as other
 * processes, is no reason: it widens the interval, and {@link Precision} names it.
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

  /** What can be wrong with figures, and then what can make them less sure. */
  public enum Code {
    /** Not every trial was run yet. */
    INCOMPLETE,
    /** A trial has no figures. */
    FAILED_TRIALS,
    /** The engine failed on batches. */
    FAILED_BATCHES,
    /** Pictures that could not be decoded: the figures and scores are without them. */
    UNREADABLE_EXAMPLES,
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
    /** The stages do not add up to the total. */
    GAP,
    /** Batches arrived faster than they could be done, or no rate kept the bound. */
    OVERLOADED,
    /** A case of the run is INVALID. */
    INVALID_CASES,
    /** A precision was asked for and not reached. */
    PRECISION_MISSED,
    /** The trials differ, or are too few to know by how much. */
    TRIALS_DIFFER,
    /** Fewer samples than a p90 needs. */
    TOO_FEW_SAMPLES,
    /** The measured batches are on more than one level, or the JVM still compiled. */
    NOT_STEADY,
    /** The hypervisor took processor time away. */
    STEAL,
    /** Other processes kept the processors busy. */
    FOREIGN_LOAD,
    /** The machine itself became faster or slower. */
    MACHINE_DRIFT;

    /** Returns whether figures with it are wrong; false if they are only less sure. */
    public boolean wrong() {
      return compareTo(INVALID_CASES) <= 0;
    }

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
