package io.stagemark.flops;

import java.time.Duration;

/**
 * What following one file may take: steps and time, all its loops, bodies and calls together. A
 * file of a kilobyte can hold loops in loops that no count would ever leave. Not thread-safe.
 */
public final class CountBudget {
  /** A network takes thousands of steps; one that is unrolled, a hundred thousand. */
  private static final long STEPS = 5_000_000;

  /** A network takes milliseconds, one of gigabytes of weights a second or two. */
  private static final Duration TIME = Duration.ofSeconds(10);

  /** Reading the clock costs more than most steps. */
  private static final long STEPS_BETWEEN_LOOKS = 64;

  private final long mostSteps;
  private final Duration time;
  private final long start = System.nanoTime();
  private long steps;
  private long nextLook;
  private boolean spent;

  /**
   * Starts the clock.
   *
   * @param mostSteps executed operators, statements or iterations
   * @param time on the wall's clock
   */
  public CountBudget(long mostSteps, Duration time) {
    this.mostSteps = mostSteps;
    this.time = time;
  }

  /** Returns the budget of one file, its clock running. */
  public static CountBudget perFile() {
    return new CountBudget(STEPS, TIME);
  }

  /**
   * Takes one step.
   *
   * @throws Spent if there is none left, or no time
   */
  public void step() {
    take(1);
  }

  /** Takes several steps at once; else as {@link #step}. */
  public void take(long count) {
    steps += count;
    if (steps > mostSteps) {
      throw refused("stopped after %,d steps".formatted(mostSteps));
    }
    if (steps >= nextLook) {
      nextLook = steps + STEPS_BETWEEN_LOOKS;
      if (left().isZero()) {
        throw refused("stopped after %,d ms".formatted(time.toMillis()));
      }
    }
  }

  private Spent refused(String reason) {
    spent = true;
    return new Spent(reason);
  }

  /** Returns whether a step was refused. */
  public boolean isSpent() {
    return spent;
  }

  /** Returns the time that is left; zero where none is. */
  public Duration left() {
    Duration left = time.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The budget is spent: what was counted so far is a lower bound. */
  public static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Spent(String reason) {
      super(reason, null, false, false); // control flow: no stack trace
    }

    /** Returns such as "stopped after 5,000,000 steps", to begin a sentence with. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }
}
