package io.stagemark.trial.load;

import io.stagemark.engine.EngineException;
import io.stagemark.result.LoadFigures.Step;
import io.stagemark.task.TaskException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The highest rate of arrivals that keeps a bound, by bisection between nothing and what the
 * machine can do at most (LoadGen's FindPeakPerformance). Latency rises with the rate, so the bound
 * splits the rates in two; noise at the border moves the answer by a step.
 */
public final class RateSearch {
  /** Part of the capacity that the answer is found to. */
  private static final double RESOLUTION = 1.0 / 64;

  private final List<Step> steps = new ArrayList<>();

  /** Applies a rate of arrivals. */
  public interface Trying {
    /** Returns the load at that rate. */
    Step at(double ratePerSecond) throws EngineException, TaskException;
  }

  /**
   * Searches.
   *
   * @param capacityPerSecond a rate that is not kept for long
   * @return the highest rate that was tried and kept the bound; empty if none did
   */
  public Optional<Double> search(double capacityPerSecond, Trying trying)
      throws EngineException, TaskException {
    double kept = 0;
    double broken = capacityPerSecond;
    while (broken - kept > RESOLUTION * capacityPerSecond) {
      double middle = (kept + broken) / 2;
      Step step = trying.at(middle);
      steps.add(step);
      if (step.kept()) {
        kept = middle;
      } else {
        broken = middle;
      }
    }
    return kept > 0 ? Optional.of(kept) : Optional.empty();
  }

  /** Returns what was tried, in order. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }
}
