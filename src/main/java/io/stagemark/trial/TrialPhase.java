package io.stagemark.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The phase of a trial, in a file that its parent reads; written while the clock is stopped. */
public final class TrialPhase {
  /** The phase, in the trial's folder. */
  public static final String FILE = "phase";

  public static final String START = "start";
  static final String LOAD = "load";
  static final String WARM_UP = "warm-up";
  static final String MEASURE = "measure";
  static final String SCORE = "score";

  private TrialPhase() {}

  static void begin(Path trialFolder, String phase) throws IOException {
    Files.writeString(trialFolder.resolve(FILE), phase);
  }
}
